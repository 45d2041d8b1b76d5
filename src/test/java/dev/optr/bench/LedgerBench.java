package dev.optr.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Times {@code ./optr verify} on long ledgers, beside the programs that its limits are told in. */
public final class LedgerBench {
  private static final int USUAL_RUNS = 5;
  private static final long LARGEST_KEPT = 3L << 30;
  private static final Path FOLDER = Path.of("target", "ledger-bench");

  private final LedgerSample sample = new LedgerSample();
  private final List<String> table = new ArrayList<>();

  private final int runs;

  private LedgerBench(int runs) {
    this.runs = runs;
  }

  /** Takes the number of entries, 1,000,000 where it is left out, and how often each is run. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int entries = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    int runs = arguments.length < 2 ? USUAL_RUNS : Integer.parseInt(arguments[1]);
    new LedgerBench(runs).measure(entries);
  }

  private void measure(int entries) throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Ledger whole = ledger(entries);
    Ledger tenth = ledger(entries / 10);
    try {
      table.add("| what | ours | compared with | ratio | limit |");
      table.add("|---|---:|---|---:|---:|");
      measureLinks(whole);
      measureFull(tenth);
      measureSince(whole);
      measureAppend(ledger(entries / 1000), whole);
    } finally {
      if (Files.size(whole.file()) > LARGEST_KEPT) {
        Files.delete(whole.file());
      }
    }
    System.out.println(machine());
    System.out.println();
    table.forEach(System.out::println);
  }

  /**
   * A generated ledger.
   *
   * @param last ids of its last two entries
   */
  private record Ledger(Path file, int entries, List<String> last) {}

  private Ledger ledger(int entries) throws IOException {
    Path file = FOLDER.resolve(entries + ".jsonl");
    Path ids = FOLDER.resolve(entries + ".ids");
    if (!Files.exists(ids)) {
      System.err.printf(Locale.ROOT, "writing a ledger of %,d entries%n", entries);
      Files.write(ids, sample.write(file, entries));
    }
    return new Ledger(file, entries, Files.readAllLines(ids));
  }

  private void measureLinks(Ledger ledger) throws IOException, InterruptedException {
    List<Timed> sha256sum = new ArrayList<>();
    List<Timed> openssl = new ArrayList<>();
    List<Timed> ours = new ArrayList<>();
    String file = ledger.file().toString();
    for (int i = 0; i < runs; i++) {
      sha256sum.add(Timed.run("sha256sum", file));
      openssl.add(Timed.run("openssl", "dgst", "-sha256", file));
      ours.add(verify(ledger, "--links"));
    }
    String what = "`verify --links`, %,d entries".formatted(ledger.entries());
    row(what, ours, "`sha256sum`", median(sha256sum, Timed::seconds), "1.3");
    row(what, ours, "`openssl dgst -sha256`", median(openssl, Timed::seconds), "4.0");
    double mebibytes = ours.stream().mapToDouble(Timed::mebibytes).max().orElseThrow();
    table.add(
        String.format(
            Locale.ROOT, "| resident memory of it, at most | %.0f MB | | | 384 MB |", mebibytes));
  }

  private void measureFull(Ledger ledger) throws IOException, InterruptedException {
    List<Timed> ours = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      ours.add(verify(ledger, "--full"));
    }
    double perSecond = verificationsPerSecond();
    int cores = Runtime.getRuntime().availableProcessors();
    String what = "`verify`, %,d entries".formatted(ledger.entries());
    String reference =
        String.format(Locale.ROOT, "%d cores x %.0f `openssl speed ed25519`", cores, perSecond);
    row(what, ours, reference, ledger.entries() / (cores * perSecond), "1.5");
  }

  private void measureSince(Ledger ledger) throws IOException, InterruptedException {
    List<Timed> openssl = new ArrayList<>();
    List<Timed> start = new ArrayList<>();
    List<Timed> alone = new ArrayList<>();
    List<Timed> continued = new ArrayList<>();
    keepCheckpoint(ledger);
    for (int i = 0; i < runs; i++) {
      openssl.add(Timed.run("openssl", "dgst", "-sha256", ledger.file().toString()));
      start.add(Timed.run("./optr", "--version"));
      alone.add(verify(ledger, "--since", ledger.last().getFirst(), "--no-remember"));
      continued.add(verify(ledger, "--since", ledger.last().getFirst()));
    }
    double reference = median(openssl, Timed::seconds) + median(start, Timed::seconds);
    String what = "`verify --since`, one new of %,d entries".formatted(ledger.entries());
    String programs = "`openssl dgst -sha256` + `optr --version`";
    row(what + ", with a kept checkpoint", continued, programs, reference, "< 1 s, or 1.3");
    row(what + ", without", alone, programs, reference, "none");
  }

  /** Verifies all but the last entry, every signature of it. */
  private void keepCheckpoint(Ledger ledger) throws IOException, InterruptedException {
    Path before = FOLDER.resolve("before.jsonl");
    Files.copy(ledger.file(), before, StandardCopyOption.REPLACE_EXISTING);
    try {
      try (RandomAccessFile file = new RandomAccessFile(before.toFile(), "rw")) {
        file.setLength(lastLine(file));
      }
      verify(new Ledger(before, ledger.entries() - 1, ledger.last()));
    } finally {
      Files.delete(before);
    }
  }

  private static long lastLine(RandomAccessFile file) throws IOException {
    long at = file.length() - 1;
    do {
      file.seek(--at);
    } while (file.read() != '\n');
    return at + 1;
  }

  /** Both ledgers are verified first, once each; what an entry costs after that is compared. */
  private void measureAppend(Ledger small, Ledger large) throws IOException {
    LedgerAppends appends = new LedgerAppends(sample.signer());
    double reference = appends.seconds(small.file());
    double own = appends.seconds(large.file());
    table.add(
        String.format(
            Locale.ROOT,
            "| append to a verified ledger of %,d entries | %.2f ms | to one of %,d, %.2f ms | %.2f | 1 |",
            large.entries(),
            own * 1000,
            small.entries(),
            reference * 1000,
            own / reference));
  }

  private Timed verify(Ledger ledger, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("./optr", "verify", "--ledger", ledger.file().toString(), "--genesis"));
    command.add(sample.genesis());
    command.addAll(List.of(options));
    return Timed.run(command.toArray(String[]::new));
  }

  /** The last number of the last line. */
  private static double verificationsPerSecond() throws IOException, InterruptedException {
    String text = Timed.run("openssl", "speed", "-seconds", "3", "ed25519").output();
    List<String> numbers =
        Pattern.compile("\\d+\\.\\d+").matcher(text).results().map(MatchResult::group).toList();
    return Double.parseDouble(numbers.getLast());
  }

  private void row(String what, List<Timed> ours, String reference, double seconds, String limit) {
    double own = median(ours, Timed::seconds);
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %.2f s | %s, %.2f s | %.2f | %s |",
            what,
            own,
            reference,
            seconds,
            own / seconds,
            limit));
  }

  private static double median(List<Timed> timed, ToDoubleFunction<Timed> value) {
    return timed.stream()
        .mapToDouble(value)
        .sorted()
        .skip(timed.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private String machine() throws IOException, InterruptedException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor");
    return "%s, %d cores; %s; %s; JDK %s; medians of %d runs, files in the page cache"
        .formatted(
            processor,
            Runtime.getRuntime().availableProcessors(),
            Timed.run("openssl", "version").output().strip(),
            Timed.run("sha256sum", "--version").output().lines().findFirst().orElse(""),
            Runtime.version(),
            runs);
  }
}
