using System.Diagnostics;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>A process of root's, looked at by nobody: each refusal says so in words and names the capability; nothing is written.</summary>
public sealed class OtherUserTests : IDisposable
{
    private readonly Process _process = Process.Start("sleep", "600");
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-nobody-").FullName;

    public OtherUserTests() => File.SetUnixFileMode(_folder, (UnixFileMode)0x1ff);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("CAP_SYS_PTRACE", "Get-ProcessMemoryLayout")]
    [InlineData("CAP_SYS_PTRACE", "Get-ProcessMemoryMap")]
    [InlineData("CAP_SYS_PTRACE", "Get-ProcessPage")]
    [InlineData("CAP_SYS_PTRACE", "Get-ProcessNumaMap")]
    [InlineData("CAP_SYS_PTRACE", "Get-JavaHeap")]
    [InlineData("CAP_SYS_PTRACE", "Resolve-VirtualAddress", "-Address", "0x1000")]
    [InlineData("CAP_SYS_PTRACE", "Read-ProcessMemory", "-Address", "0x1000", "-Length", "16")]
    [InlineData("CAP_SYS_PTRACE", "Find-ProcessMemory", "-Text", "secret")]
    [InlineData("CAP_SYS_PTRACE", "Export-ProcessCore", "-Path", "{folder}/core")]
    [InlineData("CAP_SYS_PTRACE", "Invoke-ProcessPageAdvice", "-Advice", "Cold")]
    [InlineData("CAP_SYS_PTRACE", "Move-ProcessMemory", "-FromNode", "0", "-ToNode", "0")]
    [InlineData("CAP_SYS_RESOURCE", "Set-ProcessMemoryLimit", "-Resource", "Core", "-Soft", "1MB")]
    public void It_is_refused(string capability, string cmdlet, params string[] arguments)
    {
        (int code, string output) = AsNobody([cmdlet, "-Id", $"{_process.Id}", .. arguments.Select(argument => argument.Replace("{folder}", _folder, StringComparison.Ordinal))]);

        Assert.NotEqual(0, code);
        Assert.Contains($"[{ErrorIds.PermissionDenied}]", output, StringComparison.Ordinal);
        Assert.Contains(capability, output, StringComparison.Ordinal);
        Assert.Contains("sudo", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_everybody_may_see_is_shown()
    {
        (int code, string output) = AsNobody("Get-ProcessMemoryLimit", "-Id", $"{_process.Id}", "-Resource", "Stack");

        Assert.True(code == 0, output);
        Assert.Contains("Stack", output, StringComparison.Ordinal);
    }

    private static (int Code, string Output) AsNobody(params string[] arguments)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become nobody");
        string[] nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv") && Live.Run("setpriv", [.. nobody, "test", "-r", ConsoleSession.Command[^1]]).Code == 0, "nobody may not read the program here, or there is no setpriv");
        Assert.SkipUnless(Live.Run("setpriv", [.. nobody, "env", "HOME=/nonexistent", .. ConsoleSession.Command, "Get-MemInfo"]).Code == 0, "nobody cannot run the program here");
        return Live.Run("setpriv", [.. nobody, "env", "HOME=/nonexistent", .. ConsoleSession.Command, .. arguments]);
    }
}
