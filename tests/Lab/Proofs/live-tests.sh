# The live tests that need more than a build machine has, or another answer of the kernel than it gives. Debian 12's finds no pages
# (PAGEMAP_SCAN) and no mappings (PROCMAP_QUERY) by itself: what reads a process has to do with the files alone there.
. /lab/check.sh
modprobe zram num_devices=0
classes=()
for class in LiveCgroupTests LiveEventTests LiveHugePageTests LiveKillTests LiveNodeTests LivePressureTests LiveUnitLimitTests LiveZramTests LiveZswapTests \
  ExportProcessCoreLiveTests OwnChildTests ProcessContentsLiveTests ProcessCoreLiveTests ProcessPagesLiveTests SoftDirtyLiveTests SwappedMemoryLiveTests; do
  classes+=(-class "*.$class")
done
for project in LinuxMemory.Core.Tests LinuxMemory.Tests; do
  "/lab/$project/$project" -noColor -parallel none "${classes[@]}" >/lab/output && passed=true || passed=false
  grep -vE '(Discover|Start|Finish)(ing|ed): |^=|^xUnit' /lab/output
  check "The live tests of $project pass" $passed
done
