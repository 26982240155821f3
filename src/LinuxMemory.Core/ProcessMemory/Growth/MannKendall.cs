namespace LinuxMemory;

/// <summary>
/// The Mann-Kendall test for a trend in any one direction, with the variance corrected for ties, and for autocorrelation after
/// Hamed and Rao (Journal of Hydrology 204, 1998). It assumes no distribution.
/// </summary>
internal static class MannKendall
{
    // Up to here the normal approximation is poor at small probabilities, and the exact one is quick.
    private const int MostExact = 12;

    /// <summary>The probability of a trend as strong as this, up or down, in values without one; 1 for fewer than 4 values.</summary>
    public static double PValue(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        if (n < 4)
        {
            return 1;
        }
        int s = Score(values);
        double ties = TieSum(values);
        double correction = Correction(values);
        if (ties == 0 && n <= MostExact && correction == 1)
        {
            return Exact(n, Math.Abs(s));
        }
        double variance = ((n * (n - 1.0) * ((2 * n) + 5)) - ties) / 18 * correction;
        // By one towards zero: the score moves in steps of two.
        return s == 0 || variance <= 0 ? 1 : Normal.TwoSided((Math.Abs(s) - 1) / Math.Sqrt(variance));
    }

    /// <summary>The number of pairs that rise less the number of pairs that fall.</summary>
    public static int Score(ReadOnlySpan<double> values)
    {
        int score = 0;
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = i + 1; j < values.Length; j++)
            {
                score += Math.Sign(values[j] - values[i]);
            }
        }
        return score;
    }

    private static double TieSum(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double sum = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
            }
            double count = end - start;
            sum += count * (count - 1) * ((2 * count) + 5);
        }
        return sum;
    }

    // How often each score comes in all orders of n values, by adding one value after the other.
    private static double Exact(int n, int score)
    {
        int most = n * (n - 1) / 2;
        double[] chance = new double[most + 1];
        chance[0] = 1;
        for (int size = 2; size <= n; size++)
        {
            double[] next = new double[most + 1];
            for (int inversions = 0; inversions <= size * (size - 1) / 2; inversions++)
            {
                for (int moved = 0; moved < size && moved <= inversions; moved++)
                {
                    next[inversions] += chance[inversions - moved] / size;
                }
            }
            chance = next;
        }
        double tail = 0;
        for (int inversions = 0; most - (2 * inversions) >= score && inversions <= most; inversions++)
        {
            tail += chance[inversions];
        }
        return Math.Min(1, 2 * tail);
    }

    // By how much autocorrelation widens the score: of the ranks of what is left when the trend is taken away.
    private static double Correction(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        double[] ranks = Ranks(Residuals(values));
        double mean = ranks.Average();
        double spread = ranks.Sum(rank => (rank - mean) * (rank - mean));
        if (spread == 0)
        {
            return 1;
        }
        double sum = 0;
        for (int lag = 1; lag <= n - 3; lag++)
        {
            double covariance = 0;
            for (int i = 0; i + lag < n; i++)
            {
                covariance += (ranks[i] - mean) * (ranks[i + lag] - mean);
            }
            double correlation = covariance / spread;
            if (Math.Abs(correlation) <= 1.96 / Math.Sqrt(n))
            {
                // Beyond the first that could be chance, all are taken for chance: they would mostly add noise.
                break;
            }
            sum += (double)(n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
        }
        return Math.Max(1, 1 + (2 / ((double)n * (n - 1) * (n - 2)) * sum));
    }

    private static double[] Residuals(ReadOnlySpan<double> values)
    {
        double[] places = [.. Enumerable.Range(0, values.Length).Select(i => (double)i)];
        double slope = TheilSen.Slope(places, values);
        double[] residuals = new double[values.Length];
        for (int i = 0; i < residuals.Length; i++)
        {
            residuals[i] = values[i] - (slope * i);
        }
        return residuals;
    }

    // Equal values share the mean of their ranks.
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        double[] ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }
            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
        }
        return ranks;
    }
}
