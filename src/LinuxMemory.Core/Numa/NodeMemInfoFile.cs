using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/sys/devices/system/node/nodeN/meminfo: "Node 0 MemTotal:  1996432 kB", a line a key; HugePages_* are numbers without unit.</summary>
public static class NodeMemInfoFile
{
    /// <summary>The values of a node under the kernel's keys: bytes, or numbers of pages.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyDictionary<string, long> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Dictionary<string, long> values = [];
        while (reader.ReadLine(out KernelLine line))
        {
            // Kernels before 3.19 begin with an empty line.
            if (line.IsAtEnd)
            {
                continue;
            }
            line.Expect("Node"u8);
            line.TakeInt32();
            line.SkipBlanks();
            string key = Encoding.UTF8.GetString(line.TakeUntil((byte)':'));
            KernelLine number = line;
            long count = line.TakeInt64();
            values[key] = line.IsAtEnd ? count : number.TakeSize();
        }
        return values;
    }
}
