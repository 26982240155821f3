using System.Security.Cryptography;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>A process in a group of its own is pushed into a new swap area, and back.</summary>
[Trait("Category", "Live")]
public sealed class LiveSwapPressureTests : IClassFixture<MachineState>, IDisposable
{
    private const int MiB = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-pressure-").FullName;
    private readonly string _path;

    public LiveSwapPressureTests() => _path = Path.Join(_folder, "swap");

    public void Dispose()
    {
        if (SwapsFile.Read(Machine.Live).Any(area => area.Path == _path))
        {
            Live.Run("swapoff", _path);
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void What_was_pushed_out_is_resized_kept_when_it_does_not_fit_and_brought_back_whole()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        Assert.SkipUnless(SwapsFile.Read(Machine.Live).Count == 0, "there is other swap here, which would take what comes back");
        using OwnCgroup group = new();
        group.AllowSwap();
        using RecordingShell made = Run(new NewSwapFileCommand { Path = _path, Size = 256 * MiB, Priority = 32767 });
        Assert.SkipWhen(made.Errors is [{ Id: ErrorIds.SwapPlaceUnsuitable }], "the temporary directory cannot hold a swap file");
        Assert.Empty(made.Errors);
        byte[] content = RandomNumberGenerator.GetBytes(96 * MiB);
        content.AsSpan().Replace((byte)'\n', (byte)'x');
        group.Max = 40 * MiB;
        MemoryHolder holder = group.Start(0);
        holder.Give(content);
        WaitUntil(() => Used >= 40 * MiB);
        long pushed = Used;

        // The group's limit leaves no room for what would come back, and there is no other swap.
        using RecordingShell refused = Run(new DisableSwapAreaCommand { Path = [_path] });
        Assert.Equal(ErrorIds.SwapDoesNotFit, Assert.Single(refused.Errors).Id);
        Assert.Contains(group.Path, refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.False(holder.HasEnded);

        // Resizing needs no room in memory: there is a second area meanwhile.
        using RecordingShell resized = Run(new ResizeSwapFileCommand { Path = [_path], Size = 384 * MiB });
        Assert.Empty(resized.Errors);
        Assert.InRange(Used, 40 * MiB, 200 * MiB);
        Assert.Equal([_path], Directory.GetFiles(_folder));

        // A swapoff that is ended leaves what it has not brought back where it is. In a group without room the first pages would kill.
        group.Max = null;
        Errno ended = Machine.Live.Calls.SwapOff(_path, () => false);
        Assert.SkipWhen(SwapAreaCalls.Find(Machine.Live, _path) is null, "swapoff was through before it could be ended");
        Assert.Equal(Errno.EINTR, ended);

        using RecordingShell disabled = Run(new DisableSwapAreaCommand { Path = [_path] });
        Assert.Empty(disabled.Errors);
        Assert.Null(SwapAreaCalls.Find(Machine.Live, _path));
        Assert.False(holder.HasEnded);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(holder.Finish()));
        TestContext.Current.TestOutputHelper?.WriteLine($"{pushed / MiB} MiB were pushed out; progress: {string.Join(" / ", disabled.ProgressLines.Concat(resized.ProgressLines))}");
        Assert.Empty(Run(new RemoveSwapFileCommand { Path = [_path] }).Errors);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private long Used => SwapsFile.Read(Machine.Live).FirstOrDefault(area => area.Path == _path)?.Used ?? 0;

    private static void WaitUntil(Func<bool> isSo)
    {
        for (int wait = 0; wait < 500 && !isSo(); wait++)
        {
            Thread.Sleep(20);
        }
    }

    private static RecordingShell Run(MemoryCmdlet command)
    {
        using (command)
        {
            return CmdletRun.Run(command);
        }
    }
}
