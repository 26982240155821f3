namespace LinuxMemory;

/// <summary>
/// Holm's correction: among many processes some look unusual by chance. A corrected probability bounds the chance that even one
/// of all that are called growing is not.
/// </summary>
internal static class Holm
{
    /// <summary>The corrected probabilities, in the same order.</summary>
    public static double[] Adjust(double[] probabilities)
    {
        double[] adjusted = new double[probabilities.Length];
        double least = 0;
        int left = probabilities.Length;
        foreach (int i in Enumerable.Range(0, probabilities.Length).OrderBy(i => probabilities[i]))
        {
            least = Math.Max(least, Math.Min(1, probabilities[i] * left--));
            adjusted[i] = least;
        }
        return adjusted;
    }
}
