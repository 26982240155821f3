namespace LinuxMemory.CommandLine;

/// <summary>A way to write objects, each as soon as it is known.</summary>
internal abstract class ObjectOutput(OutputBuffer buffer)
{
    protected OutputBuffer Buffer => buffer;

    public abstract void Write(object item);

    /// <summary>Puts a line of the Console's own among the objects; false where it would break what a script reads.</summary>
    public abstract bool TryWriteLine(string text);
}
