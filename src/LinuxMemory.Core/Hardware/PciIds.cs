using System.Globalization;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The names of PCI vendors, devices and classes: "8086  Intel Corporation", a tab before a device's line, and "C 03  Display
/// controller" with a tab before each subclass. From the package hwdata; a machine without it shows numbers.
/// </summary>
internal sealed class PciIds
{
    private static readonly string[] Places = ["usr/share/hwdata/pci.ids", "usr/share/misc/pci.ids"];

    private readonly Dictionary<ulong, string> _vendors = [];
    private readonly Dictionary<ulong, string> _devices = [];
    private readonly Dictionary<ulong, string> _classes = [];

    public static PciIds Of(Machine machine)
    {
        foreach (string place in Places)
        {
            using KernelReader? reader = machine.TryRead(place);
            if (reader is not null)
            {
                return Parse(reader);
            }
        }
        return new PciIds();
    }

    /// <summary>The names in the file's text; lines of no known form are passed over.</summary>
    public static PciIds Parse(KernelReader reader)
    {
        PciIds ids = new();
        ids.Load(reader);
        return ids;
    }

    public string? Vendor(ulong vendor) => _vendors.GetValueOrDefault(vendor);

    public string? Device(ulong vendor, ulong device) => _devices.GetValueOrDefault((vendor << 16) | device);

    /// <summary>The name of a class and subclass, 0x0300 for a VGA controller; the class's own where the subclass is not known.</summary>
    public string? Class(ulong code) => _classes.GetValueOrDefault(code) ?? _classes.GetValueOrDefault((code & 0xff00) | Whole);

    private const ulong Whole = 0x1_0000;

    private void Load(KernelReader reader)
    {
        ulong group = 0;
        bool inClasses = false;
        while (reader.ReadLine(out KernelLine line))
        {
            ReadOnlySpan<byte> text = line.Text;
            if (text.IsEmpty || text[0] == '#' || text.StartsWith("\t\t"u8))
            {
                continue;
            }
            bool isInner = text[0] == '\t';
            inClasses = isInner ? inClasses : text.StartsWith("C "u8);
            ReadOnlySpan<byte> entry = isInner ? text[1..] : inClasses ? text[2..] : text;
            int digits = inClasses ? 2 : 4;
            if (entry.Length < digits + 2 || !ulong.TryParse(entry[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number))
            {
                continue;
            }
            string name = Encoding.UTF8.GetString(entry[(digits + 2)..]);
            if (!isInner)
            {
                group = number;
                (inClasses ? _classes : _vendors)[inClasses ? (number << 8) | Whole : number] = name;
            }
            else if (inClasses)
            {
                _classes[(group << 8) | number] = name;
            }
            else
            {
                _devices[(group << 16) | number] = name;
            }
        }
    }
}
