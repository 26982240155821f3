using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>cgroup.procs: an id a line; 0 for a process that this PID namespace cannot see. Version 2 does not sort them and may repeat one.</summary>
public static class CgroupProcsFile
{
    /// <summary>The ids in the file's text, ascending, each once; every 0 counts.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static int[] Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<int> ids = [];
        while (reader.ReadLine(out KernelLine line))
        {
            int id = line.TakeInt32();
            ids.Add(id >= 0 && line.IsAtEnd ? id : throw line.Malformed("a process id"));
        }
        ids.Sort();
        int kept = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            if (i == 0 || ids[i] == 0 || ids[i] != ids[i - 1])
            {
                ids[kept++] = ids[i];
            }
        }
        return [.. ids[..kept]];
    }
}
