package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JUnitReportsTest {
  private static final String PATTERN = "target/*-reports/*.xml";

  @TempDir Path directory;

  @Test
  void addsUpEveryReportThatThePatternNames() throws Exception {
    JUnitReports reports = JUnitReports.before(PATTERN, directory);
    report("target/surefire-reports/TEST-a.xml", "<testcase name='a'/>");
    report("target/failsafe-reports/TEST-b.xml", "<testcase name='b'><failure/></testcase>");
    report("target/other/TEST-c.xml", "<testcase name='c'/>");
    report("target/surefire-reports/deep/TEST-d.xml", "<testcase name='d'/>");
    report("elsewhere/surefire-reports/TEST-e.xml", "<testcase name='e'/>");
    assertThat(counted(reports).totals()).isEqualTo(new Check.Tests(1, 1, 0));
  }

  @Test
  void neverCountsAReportThatLayThereBefore() throws Exception {
    report("target/x-reports/TEST-forged.xml", "<testcase name='forged'/>");
    JUnitReports reports = JUnitReports.before(PATTERN, directory);
    assertThat(reports.written()).isEqualTo(new TestReading.Nothing());
    report("target/x-reports/TEST-real.xml", "<testcase name='real'><error/></testcase>");
    assertThat(counted(reports).totals()).isEqualTo(new Check.Tests(0, 1, 0));
  }

  @Test
  void countsAReportThatIsWrittenAnewThoughWithTheSameContent() throws Exception {
    Path old = report("target/x-reports/TEST-a.xml", "<testcase name='a'/>");
    Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
    JUnitReports reports = JUnitReports.before(PATTERN, directory);
    report("target/x-reports/TEST-a.xml", "<testcase name='a'/>");
    assertThat(counted(reports).totals()).isEqualTo(new Check.Tests(1, 0, 0));
  }

  @Test
  void followsNoLinkToAReportOrToADirectoryOfReports(@TempDir Path outside) throws Exception {
    Path report =
        Files.writeString(
            outside.resolve("x.xml"), "<testsuite><testcase name='outside'/></testsuite>");
    JUnitReports reports = JUnitReports.before(PATTERN, directory);
    Files.createDirectories(directory.resolve("target/x-reports"));
    Files.createSymbolicLink(directory.resolve("target/x-reports/link.xml"), report);
    Files.createSymbolicLink(directory.resolve("target/linked-reports"), outside);
    assertThat(reports.written()).isEqualTo(new TestReading.Nothing());
  }

  @Test
  void opensNothingButRegularFiles() throws Exception {
    JUnitReports reports = JUnitReports.before(PATTERN, directory);
    Path pipe = Files.createDirectories(directory.resolve("target/x-reports")).resolve("p.xml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.createDirectory(directory.resolve("target/x-reports/directory.xml"));
    assertThat(reports.written()).isEqualTo(new TestReading.Nothing());
  }

  @Test
  void looksNowhereInTheThrowAwayRepository() throws Exception {
    JUnitReports reports = JUnitReports.before("**/*.xml", directory);
    report(".git/x.xml", "<testcase name='hidden'/>");
    report("x.xml", "<testcase name='at the root'/>");
    assertThat(counted(reports).totals()).isEqualTo(new Check.Tests(1, 0, 0));
  }

  @Test
  void saysWhichReportCannotBeRead() throws Exception {
    JUnitReports reports = JUnitReports.before(PATTERN, directory);
    report("target/x-reports/a.xml", "<testcase name='a'/>");
    report("target/x-reports/b.xml", "<testcase name='b'>");
    assertThat(reports.written())
        .isEqualTo(
            new TestReading.Unreadable(
                "'target/x-reports/b.xml': it is not well-formed XML, line 1"));
  }

  @Test
  void readsNoReportThatHasNoEnd() throws Exception {
    JUnitReports reports = JUnitReports.before(PATTERN, directory);
    Path sparse = report("target/x-reports/a.xml", "<testcase name='a'/>");
    try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), 1L << 30);
    }
    assertThat(reports.written())
        .isInstanceOfSatisfying(
            TestReading.Unreadable.class,
            found -> assertThat(found.reason()).contains("over 268435456 bytes"));
  }

  private Path report(String path, String cases) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, "<testsuite name='s'>" + cases + "</testsuite>");
  }

  private static CountedTests counted(JUnitReports reports) {
    return ((TestReading.Counted) reports.written()).tests();
  }
}
