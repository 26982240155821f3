#requires -Version 7.4
<#
.SYNOPSIS
Makes en-US from docs: the help of the cmdlets as MAML, and the about topics as plain text.
.DESCRIPTION
PlatyPS makes the MAML. What it gets wrong is put right here: it runs paragraphs together, keeps the fences of
examples and trims the indentation of their output, and leaves out the default values of parameters.
Nothing in the result depends on the day, the user or the width of the terminal.
#>
[CmdletBinding()]
param(
    [string] $Source = $PSScriptRoot,
    [string] $Destination = (Join-Path $PSScriptRoot '../en-US')
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

# Get-Help indents parameters by 8 columns, and breaks lines inside words where the culture is the invariant one.
$HelpWidth = 70
$AboutWidth = 80

function Format-Text([string] $Text, [int] $Width, [string] $First = '', [string] $Next = '') {
    $line = $First.TrimEnd()
    $lead = $First
    $lines = foreach ($word in ($Text -split '\s+').Where{ $_ }) {
        $longer = if ($lead -ne '') { $lead + $word } elseif ($line) { "$line $word" } else { $word }
        if ($longer.Length -gt $Width -and $lead -eq '') {
            $line
            $longer = $Next + $word
        }
        $line = $longer
        $lead = ''
    }
    @($lines) + $line
}

function ConvertTo-PlainText([string] $Markdown) {
    $Markdown -replace '\[([^\]]+)\]\((?!http)[^)]*\)', '$1' -replace '\[([^\]]+)\]\((http[^)]*)\)', '$1 ($2)' -replace '`' -replace '\*\*'
}

# A paragraph is wrapped; a list keeps an item a line.
function Format-Paragraph([string] $Markdown, [int] $Width, [string] $Indent = '') {
    $text = ConvertTo-PlainText $Markdown
    $parts = if ($text -match '^- ') { $text -split '(?m)^(?=- )' -ne '' } else { , $text }
    foreach ($part in $parts) {
        $isItem = $part.StartsWith('- ')
        $body = if ($isItem) { $part.Substring(2) } else { $part }
        $first = $Indent + ($isItem ? '- ' : '')
        Format-Text $body $Width $first (' ' * $first.Length)
    }
}

function Edit-Paragraph([Xml.XmlElement] $Element, [string] $Text) {
    $Element.IsEmpty = $true
    foreach ($paragraph in ($Text.Trim() -split '\r?\n\s*\n').Where{ $_ }) {
        $para = $Element.OwnerDocument.CreateElement('maml', 'para', $Element.GetNamespaceOfPrefix('maml'))
        $para.InnerText = (Format-Paragraph $paragraph $HelpWidth) -join "`n"
        [void] $Element.AppendChild($para)
    }
}

# Prose before the first fence, the command with its output, prose after.
function Edit-Example([Xml.XmlElement] $Element, $Example, [Xml.XmlNamespaceManager] $Names) {
    $parts = $Example.Remarks -split '(?ms)^```(\w*)\r?\n(.*?)^```[ \t]*$'
    $code = for ($i = 1; $i -lt $parts.Count; $i += 3) {
        $body = $parts[$i + 1].TrimEnd()
        ($parts[$i] -eq 'powershell') ? "PS> $body" : ($body -replace '^(\s*\n)+')
    }
    $prose = for ($i = 3; $i -lt $parts.Count; $i += 3) { $parts[$i].Trim() }
    Edit-Paragraph $Element.SelectSingleNode('maml:introduction', $Names) $parts[0]
    $Element.SelectSingleNode('dev:code', $Names).InnerText = $code -join "`n`n"
    $remarks = $Element.SelectSingleNode('dev:remarks', $Names)
    Edit-Paragraph $remarks (@($prose) -join "`n`n")
    # Get-Help sets no empty line between two examples.
    [void] $remarks.AppendChild($Element.OwnerDocument.CreateElement('maml', 'para', $Element.GetNamespaceOfPrefix('maml')))
}

function Edit-Parameter([Xml.XmlElement] $Element, $Parameter, [Xml.XmlElement] $Syntax, [Xml.XmlNamespaceManager] $Names) {
    Edit-Paragraph $Element.SelectSingleNode('maml:description', $Names) $Parameter.Description
    $value = $Element.SelectSingleNode('command:parameterValue', $Names)
    $short = $Syntax.SelectSingleNode("command:syntaxItem/command:parameter[maml:name='$($Parameter.Name)']/command:parameterValue", $Names)
    if ($value -and $short) {
        $value.InnerText = $short.InnerText
    }
    if ($Parameter.DefaultValue) {
        $default = $Element.OwnerDocument.CreateElement('dev', 'defaultValue', $Element.GetNamespaceOfPrefix('dev'))
        $default.InnerText = $Parameter.DefaultValue
        [void] $Element.AppendChild($default)
    }
}

function Edit-Command([Xml.XmlElement] $Element, $Help, [Xml.XmlNamespaceManager] $Names) {
    Edit-Paragraph $Element.SelectSingleNode('maml:description', $Names) $Help.Description
    Edit-Paragraph $Element.SelectSingleNode('maml:alertSet/maml:alert', $Names) $Help.Notes
    $syntax = $Element.SelectSingleNode('command:syntax', $Names)
    foreach ($parameter in $Help.Parameters) {
        $node = $Element.SelectSingleNode("command:parameters/command:parameter[maml:name='$($parameter.Name)']", $Names)
        Edit-Parameter $node $parameter $syntax $Names
    }
    foreach ($description in $Element.SelectNodes('command:inputTypes//maml:description | command:returnValues//maml:description', $Names)) {
        Edit-Paragraph $description $description.InnerText
    }
    $examples = $Element.SelectNodes('command:examples/command:example', $Names)
    for ($i = 0; $i -lt $examples.Count; $i++) {
        Edit-Example $examples[$i] $Help.Examples[$i] $Names
    }
    foreach ($link in @($Element.SelectNodes('command:relatedLinks/maml:navigationLink', $Names))) {
        $uri = $link.SelectSingleNode('maml:uri', $Names)
        if ($link.SelectSingleNode('maml:linkText', $Names).InnerText -eq 'Online Version') {
            [void] $link.ParentNode.RemoveChild($link)
        } elseif ($uri.InnerText -notmatch '^http') {
            $uri.InnerText = ''
        }
    }
}

function Export-Maml([string] $Folder, [string] $File) {
    $help = @(Get-ChildItem $Folder -Filter *-*.md | Sort-Object Name -Culture '' | ForEach-Object { Import-MarkdownCommandHelp $_.FullName })
    $scratch = [IO.Directory]::CreateTempSubdirectory('linuxmemory-help-').FullName
    try {
        $made = $help | Export-MamlCommandHelp -OutputFolder $scratch -Force
        $xml = [Xml.XmlDocument]::new()
        $xml.Load($made.FullName)
    } finally {
        Remove-Item $scratch -Recurse
    }
    $names = [Xml.XmlNamespaceManager]::new($xml.NameTable)
    foreach ($prefix in 'maml', 'command', 'dev') {
        $names.AddNamespace($prefix, $xml.DocumentElement.GetNamespaceOfPrefix($prefix))
    }
    $help.ForEach{ Edit-Command $xml.SelectSingleNode("//command:command[command:details/command:name='$($_.Title)']", $names) $_ $names }
    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; NewLineHandling = 'None'; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [Xml.XmlWriter]::Create($File, $settings)
    $xml.Save($writer)
    $writer.Dispose()
    [IO.File]::AppendAllText($File, "`n")
}

function Convert-About([string] $Path) {
    $parts = (Get-Content $Path -Raw) -split '(?ms)^```\w*\r?\n(.*?)^```[ \t]*$'
    $lines = for ($i = 0; $i -lt $parts.Count; $i++) {
        if ($i % 2) {
            $parts[$i].TrimEnd() -split '\r?\n' -replace '^(?=.)', '        '
            ''
            continue
        }
        foreach ($block in ($parts[$i].Trim() -split '\r?\n\s*\n').Where{ $_ }) {
            switch -Regex ($block) {
                '^# (.*)$' { 'TOPIC', "    $($Matches[1])" }
                '^## (.*)$' { $Matches[1].ToUpperInvariant() }
                '^### (.*)$' { "  $($Matches[1])" }
                default { Format-Paragraph $block $AboutWidth '    ' }
            }
            if ($block -notmatch '^##') {
                ''
            }
        }
    }
    ($lines -join "`n").TrimEnd() + "`n"
}

$Destination = New-Item $Destination -ItemType Directory -Force
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0.0
Export-Maml (Join-Path $Source cmdlets) (Join-Path $Destination LinuxMemory.dll-Help.xml)
foreach ($about in Get-ChildItem (Join-Path $Source about) -Filter about_*.md) {
    [IO.File]::WriteAllText((Join-Path $Destination "$($about.BaseName).help.txt"), (Convert-About $about.FullName))
}
