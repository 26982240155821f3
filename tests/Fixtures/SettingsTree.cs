using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>A small machine of files for tests of settings, with the settings of a captured one.</summary>
public sealed class SettingsTree : IDisposable
{
    /// <summary>Copies proc/sys, the settings of sys/kernel/mm and the command line of a captured machine.</summary>
    public SettingsTree(string captured)
    {
        string from = Fixture.PathOf(captured);
        foreach (string name in MemorySettings.Names(Fixture.Machine(captured)))
        {
            string path = SettingName.ToPath(name);
            Write(path, File.Exists(Path.Join(from, path)) ? File.ReadAllText(Path.Join(from, path)) : "");
        }
        foreach (string path in (string[])["proc/cmdline", "proc/meminfo"])
        {
            Write(path, File.ReadAllText(Path.Join(from, path)));
        }
    }

    /// <summary>The directory.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("linuxmemory-settings-").FullName;

    /// <summary>The machine in it.</summary>
    public Machine Machine => Machine.At(Root);

    /// <summary>Writes a file with its directories; a text "-> x" makes a link to x.</summary>
    public void Write(string path, string text)
    {
        string full = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        if (text.StartsWith("-> ", StringComparison.Ordinal))
        {
            File.CreateSymbolicLink(full, text[3..].TrimEnd('\n'));
        }
        else
        {
            File.WriteAllText(full, text);
        }
    }

    /// <summary>The text of a file.</summary>
    public string Read(string path) => File.ReadAllText(Path.Join(Root, path));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
