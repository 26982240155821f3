# The tests that look at or change a live machine. Without those that kill a hundred programs: nothing in them depends on the machine.
. /lab/check.sh
for project in LinuxMemory.Core.Tests LinuxMemory.Tests; do
  cd "/lab/$project" || exit
  check "The live tests of $project pass" bash -c "./$project -noColor -parallel none -class '*Live*' -class- '*LiveSwapKillTests' -class- '*FileEditLiveTests' >&2"
done
