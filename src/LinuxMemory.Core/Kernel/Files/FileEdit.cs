namespace LinuxMemory.Kernel;

/// <summary>
/// Replaces a file so that at any moment the old one or the new one is there. The draft beside it is the lock, too: whoever
/// makes it reads, edits and renames it over the file. A draft that nobody has locked was left by a session that was killed.
/// </summary>
internal static class FileEdit
{
    private const int DraftMode = 0x180; // 0600 until it becomes the file
    private const int NewFileMode = 0x1A4; // 0644
    private const int NewDirectoryMode = 0x1ED; // 0755

    // One write(2) inside one page is never cut in two by a signal.
    private const int Page = 4096;

    public static bool Run(MachineFiles files, string path, Func<byte[]?, byte[]?> edit)
    {
        string real = FilePlace.Resolve(files, path);
        using KernelFile directory = OpenOrMakeDirectory(files, Path.GetDirectoryName(real)!, NewDirectoryMode);
        string name = Path.GetFileName(real);
        string draftName = DraftName(name);
        using KernelFile draft = TakeDraft(directory, draftName);
        bool renamed = false;
        try
        {
            using KernelFile? old = OpenOld(directory, name);
            byte[]? before = old is null ? null : ReadAll(old);
            byte[]? after = edit(before);
            if (after is null ? before is null : before is not null && after.AsSpan().SequenceEqual(before))
            {
                return false;
            }
            if (after is null)
            {
                FileCalls.Remove(directory, name);
            }
            else if (old is not null && FileCalls.StatusOf(old).Links > 1)
            {
                Overwrite(directory, name, old, before!, after);
            }
            else
            {
                FileCalls.WriteAll(draft, after);
                TakeOverAttributes(old, draft);
                FileCalls.Sync(draft);
                FileCalls.Rename(directory, draftName, name);
                renamed = true;
            }
            FileCalls.Sync(directory);
            return true;
        }
        finally
        {
            if (!renamed)
            {
                FileCalls.Remove(directory, draftName);
            }
        }
    }

    // No program that reads the directory takes it for a configuration file: it is hidden and has no known ending.
    internal static string DraftName(string name) => $".{name}.linuxmemory-draft";

    internal static KernelFile OpenOrMakeDirectory(MachineFiles files, string path, int mode)
    {
        if (path.Length == 0)
        {
            return files.OpenDirectory(".");
        }
        try
        {
            return files.OpenDirectory(path);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            using KernelFile parent = OpenOrMakeDirectory(files, Path.GetDirectoryName(path)!, mode);
            FileCalls.MakeDirectory(parent, Path.GetFileName(path), mode);
            FileCalls.Sync(parent);
            return files.OpenDirectory(path);
        }
    }

    private static KernelFile TakeDraft(KernelFile directory, string draftName)
    {
        while (true)
        {
            bool isOurs = true;
            KernelFile draft;
            try
            {
                draft = FileCalls.CreateAt(directory, draftName, OpenFlags.WriteOnly | OpenFlags.Exclusive, DraftMode);
            }
            catch (KernelException e) when (e.Errno == Errno.EEXIST)
            {
                isOurs = false;
                draft = FileCalls.CreateAt(directory, draftName, OpenFlags.WriteOnly, DraftMode);
            }
            try
            {
                FileCalls.Lock(draft);
                bool isStillThere = FileCalls.IsNamed(draft, directory, draftName);
                if (isOurs && isStillThere)
                {
                    KernelFile taken = draft;
                    draft = KernelFile.None;
                    return taken;
                }
                if (isStillThere)
                {
                    FileCalls.Remove(directory, draftName);
                }
            }
            finally
            {
                draft.Dispose();
            }
        }
    }

    private static KernelFile? OpenOld(KernelFile directory, string name)
    {
        try
        {
            KernelFile old = FileCalls.OpenAt(
                directory, name, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, $"{directory.Name}/{name}");
            return FileCalls.KindOf(old) == FileKind.Regular ? old : throw FileLeftAloneException.IsNoFile(old.Name);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            return null;
        }
    }

    private static void TakeOverAttributes(KernelFile? old, KernelFile draft)
    {
        if (old is null)
        {
            FileCalls.ChangeMode(draft, NewFileMode);
            return;
        }
        FileStatus was = FileCalls.StatusOf(old);
        FileStatus now = FileCalls.StatusOf(draft);
        if ((was.UserId, was.GroupId) != (now.UserId, now.GroupId))
        {
            FileCalls.ChangeOwner(draft, was.UserId, was.GroupId);
        }
        FileCalls.CopyAttributes(old, draft);
        FileCalls.ChangeMode(draft, was.Mode);
    }

    // Renaming would part the names of a file with hard links. A short file fits one write, which is whole or not at all; a file
    // that gets shorter ends in blank lines until it is cut.
    private static void Overwrite(KernelFile directory, string name, KernelFile old, byte[] before, byte[] after)
    {
        if (before.Length > Page || after.Length > Page)
        {
            throw FileLeftAloneException.HasManyNames(old.Name, Page);
        }
        using KernelFile file = FileCalls.OpenAt(directory, name, OpenFlags.WriteOnly | OpenFlags.NoFollow, old.Name);
        byte[] padded = new byte[Math.Max(before.Length, after.Length)];
        padded.AsSpan().Fill((byte)'\n');
        after.CopyTo(padded.AsSpan());
        FileCalls.WriteAt(file, padded, 0);
        FileCalls.Truncate(file, after.Length);
        FileCalls.Sync(file);
    }

    private static byte[] ReadAll(KernelFile file)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[Page];
        for (int count = file.Read(buffer); count > 0; count = file.Read(buffer))
        {
            all.Write(buffer, 0, count);
        }
        return all.ToArray();
    }
}
