#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $hasJava = [bool](Get-Command java, javac, jstat -ErrorAction Ignore).Count -and (Get-Command java, javac, jstat -ErrorAction Ignore).Count -eq 3
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

Describe 'Get-JavaHeap' -Skip:(-not $hasJava) {
    BeforeAll {
        Set-Content $TestDrive/Leak.java @'
import java.util.*;
public class Leak {
    public static void main(String[] arguments) throws Exception {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; ; i++) {
            kept.add(new byte[10000]);
            for (int j = 0; j < 20; j++) { byte[] garbage = new byte[3000]; }
            if (i % 10 == 0) { System.gc(); }
            Thread.sleep(5);
        }
    }
}
'@
        javac -d $TestDrive $TestDrive/Leak.java
        $java = Start-Process java '-XX:+UseSerialGC', '-Xmx128m', '-Xmn8m', '-cp', $TestDrive, 'Leak' -PassThru
        while (-not (Get-JavaHeap -Id $java.Id -ErrorAction Ignore).FullCollections) { Start-Sleep -Milliseconds 100 }
    }

    AfterAll {
        $java | Stop-Process
    }

    It 'finds the process among all, and writes it in a table' {
        (Get-JavaHeap).Id | Should -Contain $java.Id
        (Get-JavaHeap -Name java | Out-String) | Should -BeLike '*Leak*Serial*'
    }

    It 'has the spaces as objects and flat' {
        $heap = Get-JavaHeap -Id $java.Id
        $heap.MainClass | Should -Be Leak
        $heap.Old.Used | Should -Be $heap.OldUsed
        $heap.Eden.Capacity | Should -Be $heap.EdenCapacity
        $heap.Metaspace.UsedPercent | Should -BeGreaterThan 0
        $heap.FullTime | Should -BeOfType timespan
        ($heap | ConvertTo-Json | ConvertFrom-Json).OldUsed | Should -Be $heap.OldUsed
    }

    It 'finds the leak by what full collections leave, live and through CSV' {
        $samples = Get-JavaHeap -Id $java.Id -SampleInterval 0.1 -MaxSamples 60
        $samples.Count | Should -Be 60
        $growth = $samples | Measure-ProcessMemoryGrowth
        $growth.Verdict | Should -Be Growing
        $growth.Measure | Should -Be Old
        $growth.Limit | Should -Be Old
        $samples | Export-Csv $TestDrive/heap.csv
        (Import-Csv $TestDrive/heap.csv | Measure-ProcessMemoryGrowth).Verdict | Should -Be Growing
    }

    It 'fails for a process that is no JVM with the error JavaHeapUnavailable' {
        Get-JavaHeap -Id $PID -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'JavaHeapUnavailable,*'
    }
}
