using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A core has the content of mapped files that were deleted: no debugger can read it from them later.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class DeletedFileCoreTests : IDisposable
{
    private const string Program = """
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        static volatile char touched;
        static void map(const char *name, const char *text, int deletes, int flags)
        {
            int file = open(name, O_CREAT | O_RDWR, 0600);
            ftruncate(file, 1 << 16);
            pwrite(file, text, strlen(text), 8192);
            touched = *(char *)mmap(0, 1 << 16, PROT_READ, flags, file, 0);
            if (deletes) unlink(name);
        }
        int main(int count, char **arguments)
        {
            chdir(arguments[1]);
            map("kept", "this is kept", 0, MAP_PRIVATE);
            map("private", "this is private", 1, MAP_PRIVATE);
            map("shared", "this is shared", 1, MAP_SHARED);
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(Program);

    public void Dispose() => _child.Dispose();

    [Fact]
    public void Only_what_is_still_on_disk_is_left_out()
    {
        List<ProcessMemoryMapping> mappings = _child.Mappings();
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);

        ProcessCore core = ProcessCore.Write(Machine.Live, directory, Path.Join(_child.Folder, "core"), null, freeze: false, CancellationToken.None);

        Assert.Equal(2, mappings.Count(mapping => mapping.IsDeleted));
        Assert.Equal("", Text(core, mappings, "kept"));
        Assert.Equal("this is private", Text(core, mappings, "private"));
        Assert.Equal("this is shared", Text(core, mappings, "shared"));
    }

    // What stands at the address where the file has its text.
    private static string Text(ProcessCore core, List<ProcessMemoryMapping> mappings, string name)
    {
        ulong address = mappings.Single(mapping => Path.GetFileName(mapping.Path) == name).Start + 8192;
        string headers = Child.Run(Child.Tool("readelf"), "-lW", core.Path)!;
        foreach (string[] fields in headers.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.FirstOrDefault() == "LOAD"))
        {
            ulong start = Convert.ToUInt64(fields[2], 16);
            if (start <= address && address < start + Convert.ToUInt64(fields[4], 16))
            {
                using FileStream file = File.OpenRead(core.Path);
                file.Position = Convert.ToInt64(fields[1], 16) + (long)(address - start);
                byte[] bytes = new byte[32];
                file.ReadExactly(bytes);
                return System.Text.Encoding.ASCII.GetString(bytes).TrimEnd('\0');
            }
        }
        return "";
    }
}
