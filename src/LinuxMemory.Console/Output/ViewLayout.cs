using System.Text;

namespace LinuxMemory.CommandLine;

/// <summary>How the objects of one view become lines.</summary>
internal abstract class ViewLayout
{
    /// <summary>What stands above the first object of a group.</summary>
    public virtual void WriteHeader(StringBuilder text)
    {
    }

    /// <summary>An object's lines.</summary>
    public abstract void WriteItem(StringBuilder text, object item);

    /// <summary>An empty line parts objects from each other.</summary>
    public virtual bool IsSpaced => true;
}
