using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One drop-in file of a directory such as sysctl.d.</summary>
internal sealed class ConfigurationFile
{
    /// <summary>The path from the machine's root, "etc/sysctl.d/90-linuxmemory.conf".</summary>
    public required string Path { get; init; }

    /// <summary>The base name, by which files of all directories are sorted.</summary>
    public required string Name { get; init; }

    /// <summary>The file that hides this one; null when it is read.</summary>
    public string? MaskedBy { get; init; }
}

/// <summary>
/// Drop-in directories as systemd reads them: the files of /etc, /run, /usr/local/lib and /usr/lib sorted by base name across
/// all of them; of several with one name only the one in the first directory counts. Source: conf_files_list of systemd.
/// </summary>
internal sealed class ConfigurationFiles(Machine machine, string? draftPath = null, byte[]? draft = null)
{
    /// <summary>Files that are there and could not be read, absolute.</summary>
    public List<string> Unreadable { get; } = [];

    /// <summary>All files, masked ones too, in the order in which they are read; a masked file stands behind what masks it.</summary>
    public IReadOnlyList<ConfigurationFile> List(string directory, bool withHidden = false)
    {
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        List<ConfigurationFile> files = [];
        foreach (string place in Places())
        {
            foreach (string name in Names($"{place}/{directory}"))
            {
                if (!name.EndsWith(".conf", StringComparison.Ordinal) || (name.StartsWith('.') && !withHidden))
                {
                    continue;
                }
                string path = $"{place}/{directory}/{name}";
                bool isMasked = !first.TryAdd(name, path);
                files.Add(new ConfigurationFile { Path = path, Name = name, MaskedBy = isMasked ? machine.Locate(first[name]) : null });
            }
        }
        // A stable sort keeps the directories' order for equal names.
        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>A reader for the file; null when it is not there, or a link to /dev/null, which stands for an empty file.</summary>
    public KernelReader? Open(string path)
    {
        if (path == draftPath)
        {
            return KernelReader.Over(machine.Locate(path), draft);
        }
        try
        {
            return machine.TryRead(path);
        }
        catch (KernelException e)
        {
            // In a tree, devices and whatever else is no file are not opened.
            if (e.Errno is not (Errno.EOPNOTSUPP or Errno.EISDIR))
            {
                Unreadable.Add(machine.Locate(path));
            }
            return null;
        }
    }

    private string[] Places()
    {
        string[] places = ["etc", "run", "usr/local/lib", "usr/lib"];
        return IsLink("lib") ? places : [.. places, "lib"];
    }

    private bool IsLink(string path)
    {
        try
        {
            machine.ReadLink(path);
            return true;
        }
        catch (KernelException)
        {
            return false;
        }
    }

    private IEnumerable<string> Names(string directory)
    {
        IEnumerable<string> names = [];
        try
        {
            names = machine.List(directory);
        }
        catch (KernelException)
        {
            // Not there, or not ours to see.
        }
        return draftPath is not null && Path.GetDirectoryName(draftPath) == directory ? names.Append(Path.GetFileName(draftPath)).Distinct() : names;
    }
}
