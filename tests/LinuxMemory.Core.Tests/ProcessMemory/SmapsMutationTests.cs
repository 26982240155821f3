using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Whatever stands in the files: mappings or one of the two kernel exceptions, nothing else and no hang.</summary>
public class SmapsMutationTests
{
    private const int Mutations = 40_000;

    private static readonly string[] Names = ["maps", "smaps"];

    [Fact]
    public void Only_kernel_exceptions_come_out_of_mutated_captures()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        byte[][] texts = [.. Fixture.Names.Take(20).Where((_, i) => i % 6 == 0).SelectMany(Texts)];
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] mutated = Mutate(texts[random.Next(texts.Length)], random);
            try
            {
                using KernelReader reader = KernelReader.Over("/proc/7/smaps", mutated);
                IEnumerable<ProcessMemoryMapping> mappings = i % 4 == 0 ? MapsFile.Parse(reader, 7, "x") : SmapsFile.Parse(reader, 7, "x");
                foreach (ProcessMemoryMapping mapping in new MappingClassifier("/bin/busybox", 0x401000, ThreadStackPointers.None).Classify(mappings))
                {
                    Assert.True(mapping.Size > 0, $"seed {seed}");
                }
            }
            catch (KernelFormatException)
            {
                refused++;
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException($"seed {seed}, mutation {i}", e);
            }
        }
        Assert.InRange(refused, Mutations / 20, Mutations);
    }

    // Two mappings are enough to have every rule broken, and keep the test short.
    private static IEnumerable<byte[]> Texts(string machine) =>
        from name in Names
        from directory in Directory.GetDirectories(Path.Join(Fixture.PathOf(machine), "proc"))
        let file = Path.Join(directory, name)
        where File.Exists(file)
        let text = File.ReadAllBytes(file)
        where text.Length > 0
        select text[..Math.Min(text.Length, 1600)];

    private static byte[] Mutate(byte[] text, Random random)
    {
        byte[] copy = [.. text];
        int at = random.Next(copy.Length);
        switch (random.Next(4))
        {
            case 0:
                copy[at] ^= (byte)(1 << random.Next(8));
                return copy;
            case 1:
                return copy[..at];
            case 2:
                int end = Math.Min(copy.Length, at + random.Next(1, 80));
                return [.. copy[..end], .. copy[at..]];
            default:
                copy.AsSpan(at, Math.Min(random.Next(1, 24), copy.Length - at)).Fill((byte)random.Next(256));
                return copy;
        }
    }
}
