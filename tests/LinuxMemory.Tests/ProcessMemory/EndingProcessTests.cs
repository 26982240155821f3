using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>A process that ends while a cmdlet looks at it, at each step that the cmdlet takes.</summary>
public sealed class EndingProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-ending-").FullName;

    public static TheoryData<string, bool> Cmdlets
    {
        get
        {
            TheoryData<string, bool> all = [];
            foreach (string name in Made.Keys)
            {
                // The runtime takes a child of its own that a debugger's call stopped for one that has ended, and cannot end it.
                if (name != "Export-ProcessCore")
                {
                    all.Add(name, true);
                }
                all.Add(name, false);
            }
            return all;
        }
    }

    private static Dictionary<string, Func<int, string, MemoryCmdlet>> Made { get; } = new()
    {
        ["Get-ProcessMemory"] = (id, _) => new GetProcessMemoryCommand { Id = [id] },
        ["Get-ProcessMemoryMap"] = (id, _) => new GetProcessMemoryMapCommand { Id = [id] },
        ["Get-ProcessMemoryLayout"] = (id, _) => new GetProcessMemoryLayoutCommand { Id = [id] },
        ["Get-ProcessPage"] = (id, _) => new GetProcessPageCommand { Id = [id] },
        ["Resolve-VirtualAddress"] = (id, _) => new ResolveVirtualAddressCommand { Id = [id], Address = [0x1000, 0x7fff00000000] },
        ["Get-ProcessNumaMap"] = (id, _) => new GetProcessNumaMapCommand { Id = [id] },
        ["Get-ProcessMemoryLimit"] = (id, _) => new GetProcessMemoryLimitCommand { Id = [id] },
        ["Set-ProcessMemoryLimit"] = (id, _) => new SetProcessMemoryLimitCommand { Id = [id], Resource = ProcessMemoryResource.Core, Soft = 4096 },
        ["Invoke-ProcessPageAdvice"] = (id, _) => new InvokeProcessPageAdviceCommand { Id = [id], Advice = ProcessPageAdvice.Cold, Kind = [ProcessMemoryKind.Stack] },
        ["Move-ProcessMemory"] = (id, _) => new MoveProcessMemoryCommand { Id = [id], FromNode = [0], ToNode = [0] },
        ["Read-ProcessMemory"] = (id, _) => new ReadProcessMemoryCommand { Id = [id], Address = 0x1000, Length = 0 },
        ["Find-ProcessMemory"] = (id, _) => new FindProcessMemoryCommand { Id = [id], Text = "ELF", Kind = [ProcessMemoryKind.Stack, ProcessMemoryKind.Heap] },
        ["Export-ProcessCore"] = (id, path) => new ExportProcessCoreCommand { Id = [id], Path = path, Kind = [ProcessMemoryKind.Stack] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_end_is_told_and_leaves_nothing_behind(string name, bool isCollected)
    {
        int steps = 0;
        using (Ending all = new(isCollected))
        {
            using RecordingShell shell = Run(name, all, _ => steps++);
            Assert.SkipWhen(shell.Errors is [{ Id: ErrorIds.PermissionDenied }], "needs root");
            Assert.Empty(shell.Errors);
        }
        Assert.InRange(steps, 4, 2000);
        // Steps that repeat themselves, such as those for each thread or mapping, are not all needed.
        for (int last = 0; last < steps; last += 1 + (steps / 40))
        {
            using Ending process = new(isCollected);
            int step = 0;
            string where = "";

            using RecordingShell shell = Run(name, process, what =>
            {
                if (step++ == last)
                {
                    where = what;
                    process.End();
                }
            });

            Assert.All(shell.Errors, error => Assert.True(error.Id == ErrorIds.ProcessNotFound, $"{name} at {where}: {error.Id}: {error.Message}"));
            Assert.InRange(shell.Errors.Count, 0, 1);
            Assert.True(shell.Errors.Count == 0 || Directory.GetFiles(_folder).Length == 0, $"{name} at {where} left a file.");
        }
    }

    private RecordingShell Run(string name, Ending process, Action<string> step)
    {
        string path = Path.Join(_folder, "core");
        File.Delete(path);
        using MemoryCmdlet cmdlet = Made[name](process.Id, path);
        cmdlet.WorkOn(WatchedMachine.Over(_folder, step));
        return CmdletRun.Run(cmdlet);
    }

    /// <summary>A process that its parent collects at once when it has ended, or leaves as a zombie.</summary>
    private sealed class Ending : IDisposable
    {
        private readonly Process _process;
        private readonly bool _isCollected;
        private bool _hasEnded;

        public Ending(bool isCollected)
        {
            _isCollected = isCollected;
            _process = Process.Start(new ProcessStartInfo("sh", ["-c", isCollected ? "echo $$; exec sleep 600" : "sleep 600 & echo $!; exec sleep 600"]) { RedirectStandardOutput = true })!;
            Id = int.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            SpinWait.SpinUntil(() => Stat(Id) is { Comm: "sleep", State: 'S' });
        }

        public int Id { get; }

        public void End()
        {
            _hasEnded = true;
            if (_isCollected)
            {
                _process.Kill();
                _process.WaitForExit();
                return;
            }
            using Process child = Process.GetProcessById(Id);
            child.Kill();
            SpinWait.SpinUntil(() => Stat(Id) is null or { IsZombie: true });
        }

        public void Dispose()
        {
            if (!_hasEnded)
            {
                End();
            }
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        private static ProcessStat? Stat(int id)
        {
            try
            {
                using KernelDirectory directory = ProcessList.Open(Machine.Live, id);
                return ProcessStatFile.Read(directory);
            }
            catch (KernelException)
            {
                return null;
            }
        }
    }
}
