using System.Text;

namespace LinuxMemory.CommandLine;

/// <summary>The error stream. Where it is closed or full nobody can be told, and the command goes on: its exit code says the rest.</summary>
internal sealed class ErrorOutput(TextWriter writer) : TextWriter
{
    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value) => Try(() => writer.Write(value));

    public override void Write(string? value) => Try(() => writer.Write(value));

    public override void WriteLine(string? value) => Try(() => writer.WriteLine(value));

    public override void Flush() => Try(writer.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See above. .NET says of a closed stream that access is denied.
        }
    }
}
