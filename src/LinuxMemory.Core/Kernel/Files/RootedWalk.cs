namespace LinuxMemory.Kernel;

/// <summary>Opens a path inside a directory by hand, one name at a time, where the kernel has no openat2 (before 5.6).</summary>
internal static class RootedWalk
{
    // The kernel's own limit for links in one path.
    private const int MostLinks = 40;

    public static KernelFile Open(KernelFile root, string path, int flags)
    {
        Stack<KernelFile> opened = new();
        try
        {
            return Walk(root, path, flags, opened);
        }
        finally
        {
            foreach (KernelFile directory in opened)
            {
                directory.Dispose();
            }
        }
    }

    private static KernelFile Walk(KernelFile root, string path, int flags, Stack<KernelFile> opened)
    {
        string name = Path.Join(root.Name, path);
        Stack<string> names = new();
        Push(names, path);
        int links = 0;
        while (names.TryPop(out string? next))
        {
            if (next is "." or "..")
            {
                Step(opened, next, name);
                continue;
            }
            KernelFile here = opened.TryPeek(out KernelFile? top) ? top : root;
            KernelFile found = FileCalls.OpenAt(here, next, OpenFlags.PathOnly | OpenFlags.NoFollow, name);
            bool keepsLink = names.Count == 0 && (flags & OpenFlags.NoFollow) != 0;
            if (FileCalls.KindOf(found) != FileKind.Link || keepsLink)
            {
                opened.Push(found);
                continue;
            }
            using (found)
            {
                if (++links > MostLinks)
                {
                    throw new KernelException(Errno.ELOOP, "open", name);
                }
                string target = FileCalls.ReadLink(found, "", name);
                if (target.StartsWith('/'))
                {
                    Clear(opened);
                }
                Push(names, target);
            }
        }
        KernelFile last = opened.TryPeek(out KernelFile? end) ? end : root;
        int kept = flags & ~OpenFlags.NoFollow;
        return (flags & OpenFlags.NoFollow) != 0 && opened.Count > 0
            ? opened.Pop()
            : FileCalls.Open($"/proc/self/fd/{last.Number}", kept, name);
    }

    private static void Step(Stack<KernelFile> opened, string dots, string name)
    {
        if (opened.TryPeek(out KernelFile? here) && FileCalls.KindOf(here) != FileKind.Directory)
        {
            throw new KernelException(Errno.ENOTDIR, "open", name);
        }
        // Above the root there is the root, as in a chroot.
        if (dots == ".." && opened.TryPop(out KernelFile? left))
        {
            left.Dispose();
        }
    }

    private static void Push(Stack<string> names, string path)
    {
        // What a slash follows must be a directory.
        if (path.EndsWith('/'))
        {
            names.Push(".");
        }
        foreach (string part in Enumerable.Reverse(path.Split('/', StringSplitOptions.RemoveEmptyEntries)))
        {
            names.Push(part);
        }
    }

    private static void Clear(Stack<KernelFile> opened)
    {
        while (opened.TryPop(out KernelFile? directory))
        {
            directory.Dispose();
        }
    }
}
