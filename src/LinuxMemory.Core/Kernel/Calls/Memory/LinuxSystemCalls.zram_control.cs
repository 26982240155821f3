using System.Globalization;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    private const string ZramControl = "/sys/class/zram-control";

    // udev looks at a device that is new or was just in use, and holds it open meanwhile.
    private const int Patience = 50;

    // Reading the file makes the device.
    public override int AddZram()
    {
        using KernelReader reader = new(FileCalls.Open(ZramControl + "/hot_add", OpenFlags.ReadOnly));
        KernelLine line = reader.RequireLine("the number of a new zram device");
        return line.TakeInt32();
    }

    public override void RemoveZram(int id)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using KernelFile file = FileCalls.Open(ZramControl + "/hot_remove", OpenFlags.WriteOnly);
                Machine.WriteOnce(file, id.ToString(CultureInfo.InvariantCulture));
                return;
            }
            catch (KernelException e) when (e.Errno == Errno.EBUSY && attempt < Patience)
            {
                Thread.Sleep(20);
            }
        }
    }
}
