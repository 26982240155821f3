@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        'PSUseDeclaredVarsMoreThanAssignments' # Pester hands variables from block to block, which the rule cannot see
    )
}
