namespace LinuxMemory;

/// <summary>The normal distribution, as far as tests need it.</summary>
internal static class Normal
{
    /// <summary>The probability to be at least so many standard deviations away from the mean, on either side.</summary>
    public static double TwoSided(double z)
    {
        // erfc(|z| / sqrt 2), by Numerical Recipes' Chebyshev fit: a relative error below 1.2e-7 everywhere.
        double x = Math.Abs(z) / Math.Sqrt(2);
        double t = 1 / (1 + (0.5 * x));
        double fit = -1.26551223 + (t * (1.00002368 + (t * (0.37409196 + (t * (0.09678418 + (t * (-0.18628806 + (t * (0.27886807
            + (t * (-1.13520398 + (t * (1.48851587 + (t * (-0.82215223 + (t * 0.17087277)))))))))))))))));
        return Math.Min(1, t * Math.Exp((-x * x) + fit));
    }
}
