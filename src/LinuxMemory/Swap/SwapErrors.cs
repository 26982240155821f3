using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>The errors for what is refused about swap areas.</summary>
internal static class SwapErrors
{
    public static MemoryError From(SwapRefusedException e)
    {
        (string id, ErrorCategory category) = e.Problem switch
        {
            SwapProblem.FileExists => (ErrorIds.SwapFileExists, ErrorCategory.ResourceExists),
            SwapProblem.PlaceUnsuitable => (ErrorIds.SwapPlaceUnsuitable, ErrorCategory.InvalidArgument),
            SwapProblem.SpaceShort => (ErrorIds.SwapSpaceShort, ErrorCategory.ResourceUnavailable),
            SwapProblem.SizeInvalid => (ErrorIds.SwapSizeInvalid, ErrorCategory.InvalidArgument),
            SwapProblem.AreaInvalid when e.IsDenied => (ErrorIds.PermissionDenied, ErrorCategory.PermissionDenied),
            SwapProblem.AreaInvalid => (ErrorIds.SwapAreaInvalid, ErrorCategory.InvalidData),
            SwapProblem.AreaNotFound => (ErrorIds.SwapAreaNotFound, ErrorCategory.ObjectNotFound),
            SwapProblem.AreaInUse => (ErrorIds.SwapAreaInUse, ErrorCategory.ResourceBusy),
            SwapProblem.DoesNotFit => (ErrorIds.SwapDoesNotFit, ErrorCategory.ResourceUnavailable),
            SwapProblem.NotBroughtBack => (ErrorIds.SwapNotBroughtBack, ErrorCategory.ResourceUnavailable),
            SwapProblem.Unfinished => (ErrorIds.SwapFileUnfinished, ErrorCategory.ResourceExists),
            _ => (ErrorIds.SwapNotTakenBack, ErrorCategory.InvalidResult),
        };
        return ErrorRecords.Make(id, category, e.Message, e.Target, e);
    }
}
