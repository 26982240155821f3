namespace LinuxMemory;

/// <summary>
/// The task table of a report: "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name" and its
/// rows. The columns differ from kernel to kernel, so the header says what a row holds; without one, the five first columns
/// of all kernels are read.
/// </summary>
internal sealed class TaskTable
{
    /// <summary>More rows than this are left out: no report may fill memory.</summary>
    public const int MostRows = 100_000;

    private readonly List<Row> _rows = [];
    private Column[] _columns = [];
    private bool _leavesOut;

    private enum Column
    {
        Id,
        UserId,
        ThreadGroupId,
        TotalVm,
        Rss,
        AnonRss,
        FileRss,
        ShmemRss,
        TablePages,
        TableBytes,
        Swap,
        OomScoreAdj,
        OomAdj,
        Other,
    }

    private static ReadOnlySpan<Column> First => [Column.UserId, Column.ThreadGroupId, Column.TotalVm, Column.Rss];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>True when rows were left out, or the log has lost the header and what stood before the first row.</summary>
    public bool IsCut => _leavesOut || (_rows.Count > 0 && _columns.Length == 0);

    /// <summary>True for the line above the rows.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        return LogText.TrySkip(ref rest, "["u8) && LogText.SkipBlanks(rest).StartsWith("pid"u8) && rest.IndexOf(" total_vm "u8) > 0 && rest.TrimEnd((byte)' ').EndsWith(" name"u8);
    }

    /// <summary>True for a row: a number in brackets and four more numbers.</summary>
    public static bool IsRow(ReadOnlySpan<byte> text)
    {
        bool isOne = LogText.TrySkip(ref text, "["u8) && LogText.TryTakeNumber(ref text, out int id) && id >= 0 && LogText.TrySkip(ref text, "]"u8);
        for (int i = 0; isOne && i < First.Length; i++)
        {
            isOne = LogText.TryTakeNumber(ref text, out long _);
        }
        return isOne;
    }

    /// <summary>Learns the columns.</summary>
    public void ReadHeader(ReadOnlySpan<byte> text)
    {
        List<Column> columns = [];
        ReadOnlySpan<byte> rest = text[(text.IndexOf((byte)']') + 1)..];
        for (ReadOnlySpan<byte> word = LogText.TakeWord(ref rest); !word.IsEmpty && columns.Count < 64; word = LogText.TakeWord(ref rest))
        {
            columns.Add(ColumnOf(word));
        }
        // The last is the name.
        _columns = [.. columns.Take(columns.Count - 1)];
    }

    /// <summary>Adds a row; what is no row is left out.</summary>
    public void ReadRow(ReadOnlySpan<byte> text)
    {
        if (!LogText.TrySkip(ref text, "["u8) || !LogText.TryTakeNumber(ref text, out int id) || !LogText.TrySkip(ref text, "]"u8))
        {
            return;
        }
        if (_rows.Count >= MostRows)
        {
            _leavesOut = true;
            return;
        }
        Row row = new() { Id = id };
        foreach (Column column in _columns.Length > 0 ? _columns : First)
        {
            if (!LogText.TryTakeNumber(ref text, out long value))
            {
                return;
            }
            row.Set(column, value);
        }
        while (_columns.Length == 0 && LogText.TryTakeNumber(ref text, out long _))
        {
            // Unknown columns of a table whose header is lost.
        }
        // One blank parts the name from the numbers; more of them belong to it.
        row.Name = LogText.Plain(text.IsEmpty ? text : text[1..]);
        _rows.Add(row);
    }

    /// <summary>True when a process is among the rows.</summary>
    public bool Has(int id) => _rows.Exists(row => row.Id == id || row.ThreadGroupId == id);

    /// <summary>The address space of a process in pages; null when it is not in the table.</summary>
    public long? PagesOf(int id) => _rows.FindIndex(row => row.Id == id) is >= 0 and int index ? _rows[index].TotalVm : null;

    /// <summary>The rows with all sizes in bytes.</summary>
    public OomTask[] ToTasks(int pageSize) => [.. _rows.Select(row => row.ToTask(pageSize))];

    private static Column ColumnOf(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("uid"u8) => Column.UserId,
        _ when word.SequenceEqual("tgid"u8) => Column.ThreadGroupId,
        _ when word.SequenceEqual("total_vm"u8) => Column.TotalVm,
        _ when word.SequenceEqual("rss"u8) => Column.Rss,
        _ when word.SequenceEqual("rss_anon"u8) => Column.AnonRss,
        _ when word.SequenceEqual("rss_file"u8) => Column.FileRss,
        _ when word.SequenceEqual("rss_shmem"u8) => Column.ShmemRss,
        _ when word.SequenceEqual("pgtables_bytes"u8) => Column.TableBytes,
        _ when word.StartsWith("nr_p"u8) => Column.TablePages,
        _ when word.SequenceEqual("swapents"u8) => Column.Swap,
        _ when word.SequenceEqual("oom_score_adj"u8) => Column.OomScoreAdj,
        _ when word.SequenceEqual("oom_adj"u8) => Column.OomAdj,
        _ => Column.Other,
    };

    private struct Row
    {
        private long? _anon;
        private long? _file;
        private long? _shmem;
        private long? _tablePages;
        private long? _tableBytes;
        private long? _swap;
        private long? _rss;
        private long? _userId;
        private int? _scoreAdj;
        private int? _adj;

        public int Id;
        public int ThreadGroupId;
        public long TotalVm;
        public string Name;

        public void Set(Column column, long value)
        {
            switch (column)
            {
                // Printed with a sign: 4294967294 is -2.
                case Column.UserId:
                    _userId = value is < 0 and >= int.MinValue ? value + 0x1_0000_0000 : value is >= 0 and <= uint.MaxValue ? value : null;
                    break;
                case Column.ThreadGroupId:
                    ThreadGroupId = value is >= 0 and <= int.MaxValue ? (int)value : Id;
                    break;
                case Column.TotalVm:
                    TotalVm = value;
                    break;
                case Column.Rss:
                    _rss = value;
                    break;
                case Column.AnonRss:
                    _anon = value;
                    break;
                case Column.FileRss:
                    _file = value;
                    break;
                case Column.ShmemRss:
                    _shmem = value;
                    break;
                case Column.TablePages:
                    _tablePages = LogText.Units(_tablePages ?? 0, 1) is long before && value >= 0 && value <= long.MaxValue - before ? before + value : null;
                    break;
                case Column.TableBytes:
                    _tableBytes = LogText.Units(value, 1);
                    break;
                case Column.Swap:
                    _swap = value;
                    break;
                case Column.OomScoreAdj:
                    _scoreAdj = value is >= -1000 and <= 1000 ? (int)value : null;
                    break;
                case Column.OomAdj:
                    _adj = value is >= -17 and <= 15 ? (int)value : null;
                    break;
            }
        }

        public readonly OomTask ToTask(int pageSize) => new()
        {
            Id = Id,
            Name = Name,
            UserId = _userId,
            ThreadGroupId = ThreadGroupId,
            TotalVm = LogText.Units(TotalVm, pageSize),
            Rss = LogText.Units(_rss, pageSize),
            AnonRss = LogText.Units(_anon, pageSize),
            FileRss = LogText.Units(_file, pageSize),
            ShmemRss = LogText.Units(_shmem, pageSize),
            PageTables = _tableBytes ?? LogText.Units(_tablePages, pageSize),
            Swap = LogText.Units(_swap, pageSize),
            OomScoreAdj = _scoreAdj,
            OomAdj = _adj,
        };
    }
}
