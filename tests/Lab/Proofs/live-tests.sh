# The live tests that need more than a build machine has, or another answer of the kernel than it gives.
. /lab/check.sh
modprobe zram num_devices=0
classes=()
for class in LiveCgroupTests LiveEventTests LiveHugePageTests LiveKillTests LiveNodeTests LivePressureTests LiveUnitLimitTests LiveZramTests LiveZswapTests \
  SoftDirtyLiveTests SwappedMemoryLiveTests; do
  classes+=(-class "*.$class")
done
for project in LinuxMemory.Core.Tests LinuxMemory.Tests; do
  "/lab/$project/$project" -noColor -parallel none "${classes[@]}" >/lab/output && passed=true || passed=false
  grep -vE '(Discover|Start|Finish)(ing|ed): |^=|^xUnit' /lab/output
  check "The live tests of $project pass" $passed
done
