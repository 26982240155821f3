using System.Text;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class ReadProcessMemoryTests
{
    private const string Tree = "6.12.117+deb12-amd64-numa2";

    [Fact]
    public void A_whole_mapping_is_read_up_to_the_most_bytes()
    {
        using RecordingShell maps = CmdletRun.Run(new GetProcessMemoryMapCommand { Id = [Environment.ProcessId], Kind = [ProcessMemoryKind.Vdso] });
        object vdso = Assert.Single(maps.Output);

        using RecordingShell shell = CmdletRun.Run(new ReadProcessMemoryCommand { InputObject = [vdso], MaxBytes = 100 });

        Assert.Empty(shell.Errors);
        ProcessMemoryBytes piece = Assert.IsType<ProcessMemoryBytes>(Assert.Single(shell.Output));
        Assert.Equal((100, ((ProcessMemoryMapping)vdso).Start), (piece.Length, piece.Address));
        Assert.Equal("\u007fELF", Encoding.ASCII.GetString(piece.Bytes)[..4]);
        Assert.Contains("7F 45 4C 46", ProcessMemoryBytesText.Hex(piece), StringComparison.Ordinal);
        Assert.Contains(".ELF", ProcessMemoryBytesText.Characters(piece), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_and_no_length_reads_nothing()
    {
        int own = Environment.ProcessId;

        Assert.Equal(ErrorIds.MemoryNotReadable, Failure(new ReadProcessMemoryCommand { Id = [own], Address = 0, Length = 10 }));
        Assert.Equal(ErrorIds.MemoryNotReadable, Failure(new ReadProcessMemoryCommand { Id = [own], Address = ulong.MaxValue, Length = 1L << 43 }));
        Assert.Equal(ErrorIds.ParametersMissing, Failure(new ReadProcessMemoryCommand { Id = [own] }));
        Assert.Equal(ErrorIds.InputObjectInvalid, Failure(new ReadProcessMemoryCommand { Address = 0, Length = 1 }));
        Assert.Equal(ErrorIds.ProcessIsKernelThread, Failure(new ReadProcessMemoryCommand { Root = Fixture.PathOf(Tree), Id = [2], Address = 0, Length = 1 }));
        Assert.Equal(ErrorIds.LiveMachineNeeded, Failure(new ReadProcessMemoryCommand { Root = Fixture.PathOf(Tree), Id = [1], Address = 0, Length = 1 }));
        using RecordingShell none = CmdletRun.Run(new ReadProcessMemoryCommand { Id = [own], Address = 0, Length = 0 });
        Assert.Empty(none.Errors);
        Assert.Empty(none.Output);
    }

    [Fact]
    public void A_search_needs_one_thing_to_look_for()
    {
        Assert.Equal(ErrorIds.ParametersMissing, Failure(new FindProcessMemoryCommand { Id = [1] }));
        Assert.Equal(ErrorIds.ParametersConflict, Failure(new FindProcessMemoryCommand { Id = [1], Text = "a", Bytes = [1] }));
        Assert.Equal(ErrorIds.ParametersConflict, Failure(new FindProcessMemoryCommand { Id = [1], Bytes = new byte[70_000] }));
    }

    [Fact]
    public void A_text_is_found_in_both_encodings()
    {
        string secret = Guid.NewGuid().ToString();
        byte[] narrow = Encoding.UTF8.GetBytes(secret);

        using RecordingShell wide = CmdletRun.Run(new FindProcessMemoryCommand { Id = [Environment.ProcessId], Text = secret, Encoding = ProcessTextEncoding.Utf16, Kind = [ProcessMemoryKind.Anonymous] });
        using RecordingShell bytes = CmdletRun.Run(new FindProcessMemoryCommand { Id = [Environment.ProcessId], Bytes = narrow, Kind = [ProcessMemoryKind.Anonymous] });

        Assert.NotEmpty(wide.Output);
        Assert.NotEmpty(bytes.Output);
        GC.KeepAlive(secret);
        GC.KeepAlive(narrow);
    }

    [Fact]
    public void A_session_does_not_write_its_own_core() =>
        Assert.Equal(ErrorIds.ProcessIsOwn, Failure(new ExportProcessCoreCommand { Id = [Environment.ProcessId], Path = "/tmp/never" }));

    private static string Failure(MemoryCmdlet cmdlet)
    {
        using RecordingShell shell = CmdletRun.Run(cmdlet);
        Assert.Empty(shell.Output);
        return Assert.Single(shell.Errors).Id;
    }
}
