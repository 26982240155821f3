using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace LinuxMemory.Engine.Tests;

/// <summary>A runspace in this process with the built module imported.</summary>
internal sealed class Engine : IDisposable
{
    private static readonly string Manifest = Path.Join(typeof(Engine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!, "LinuxMemory.psd1");

    private readonly Runspace _runspace;

    public Engine()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Manifest);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>A pipeline over a script; the caller disposes it.</summary>
    public PowerShell Pipeline(string script)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        return shell;
    }

    /// <summary>Runs a script; what it wrote, and its error records.</summary>
    public (IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors) Run(string script)
    {
        using PowerShell shell = Pipeline(script);
        IReadOnlyList<PSObject> output = [.. shell.Invoke()];
        return (output, [.. shell.Streams.Error]);
    }

    public void Dispose() => _runspace.Dispose();
}
