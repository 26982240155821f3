using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.EditLoop;

/// <summary>Replaces etc/loop.conf of a tree by one text and another, again and again, until a test kills it; without a tree it only waits for that; with two arguments it uses memory (<see cref="ManagedGrowth"/>).</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.WriteLine("ready");
            Thread.Sleep(Timeout.Infinite);
        }
        if (arguments.Length == 2)
        {
            ManagedGrowth.Run(arguments[0][0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
            return;
        }
        Machine machine = Machine.At(arguments[0]);
        byte[] one = Text('1', 40_000);
        byte[] other = Text('2', 9_000);
        for (long i = 0; ; i++)
        {
            machine.Edit("etc/loop.conf", before => before is not null && before.AsSpan().SequenceEqual(one) ? other : one);
            if (i == 0)
            {
                Console.WriteLine("begun");
            }
        }
    }

    private static byte[] Text(char letter, int length) => [.. new string(letter, length).Select(c => (byte)c), (byte)'\n'];
}
