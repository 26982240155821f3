using System.Globalization;

namespace LinuxMemory.EditLoop;

/// <summary>
/// A .NET program whose use of memory is known. Each line it reads is a part of its time, 0 to 1: it does its work up to there
/// and answers with an empty line, so that no clock and no other load plays a part.
/// </summary>
internal sealed class ManagedGrowth(Random random)
{
    private const double MiB = 1024 * 1024;
    private const int Header = 24;
    private const int Rounds = 16;

    private List<byte[]> _kept = [];
    private double _held;
    private double _made;
    private int _round;

    /// <summary>Works until nothing more is to be read.</summary>
    public static void Run(char kind, int seed)
    {
        ManagedGrowth program = new(new Random(seed));
        // What the runtime needs for its first collections lies behind it.
        program.HoldUntil(2 * MiB);
        program.DropAll();
        Console.WriteLine("ready");
        while (Console.ReadLine() is string line)
        {
            program.Work(kind, double.Parse(line, CultureInfo.InvariantCulture));
            Console.WriteLine();
        }
    }

    private void Work(char kind, double part)
    {
        switch (kind)
        {
            case 'l': // leaks small arrays among many that it drops
                HoldUntil((2 + (part * 60)) * MiB);
                MakeUntil(part * 200 * MiB);
                break;
            case 'g': // makes nothing but garbage; its collector runs when it wants
                MakeUntil(part * 400 * MiB);
                break;
            case 's': // fills up and drops all, 16 times, and gives it back
                if ((int)(part * Rounds) > _round)
                {
                    _round = (int)(part * Rounds);
                    DropAll();
                }
                HoldUntil((part * Rounds % 1) * 12 * MiB);
                break;
            case 'b': // fills its heap for good, and collects it as a whole in the background all the time
                HoldUntil((2 + (part * 20)) * MiB);
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
                break;
            case 'n': // does nothing at all
                break;
            case 'w': // fills a cache for a third of its time, then works with it
                HoldUntil((2 + (Math.Min(1, part * 3) * 20)) * MiB);
                MakeUntil(part * 40 * MiB);
                break;
        }
    }

    private void HoldUntil(double bytes)
    {
        while (_held < bytes)
        {
            byte[] one = Make();
            _kept.Add(one);
            _held += one.Length + Header;
        }
    }

    private void MakeUntil(double bytes)
    {
        while (_made < bytes)
        {
            _made += Make().Length + Header;
        }
    }

    private void DropAll()
    {
        (_kept, _held) = ([], 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    private byte[] Make() => new byte[random.Next(16, 516)];
}
