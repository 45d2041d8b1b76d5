package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Checkpoint;
import dev.optr.testing.TempRepo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A repository of one commit, keys beside it, and the commands {@code optr ledger ...} on it. */
final class LedgerSite implements AutoCloseable {
  private static final String MAIN = "datalake/ledger.jsonl";

  private final Path home;
  private final TempRepo repository;
  private final KeyMaker keys;

  private LedgerSite(Path home, TempRepo repository) {
    this.home = home;
    this.repository = repository;
    this.keys = new KeyMaker(home);
  }

  static LedgerSite make(Path home) {
    TempRepo repository = TempRepo.create(home.resolve("lake"));
    repository.commit("Start", Map.of("a.txt", "one\n"));
    return new LedgerSite(home, repository);
  }

  TempRepo repository() {
    return repository;
  }

  Path home() {
    return home;
  }

  /** A private key of a fixed seed, in a file that only its owner reads; gives its name. */
  String key(String name, int seed) {
    keys.key(name, seed);
    return name;
  }

  /** The public line of such a key. */
  String publicKey(String name) {
    return keys.read(name).line();
  }

  String fingerprint(String name) {
    return keys.read(name).fingerprint();
  }

  Path write(String path, String text) {
    try {
      return Files.writeString(home.resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String path) {
    try {
      return Files.readString(home.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code optr ledger COMMAND --repo lake ...}. */
  Invocation ledger(String command, String... more) {
    return ledger(Map.of(), "", command, more);
  }

  Invocation ledger(Map<String, String> environment, String in, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of("ledger", command, "--repo", "lake"));
    arguments.addAll(List.of(more));
    return run(environment, in, arguments);
  }

  Invocation run(Map<String, String> environment, String in, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host =
        new Host(
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Clock.systemUTC(),
            home,
            Checkpoint.NONE,
            false,
            new ByteArrayInputStream(in.getBytes(UTF_8)));
    int exit = new Main(host).run(arguments.toArray(String[]::new));
    return new Invocation(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  Invocation verify(String... more) {
    return run(
        Map.of(),
        "",
        Stream.concat(Stream.of("verify", "--repo", "lake", "--json"), Stream.of(more)).toList());
  }

  /** The ledger's main file in the work tree. */
  String main() {
    return read("lake/" + MAIN);
  }

  boolean has(String path) {
    return Files.exists(home.resolve("lake").resolve(path));
  }

  /** What {@code init} printed. */
  static String genesis(Invocation init) {
    return init.out()
        .lines()
        .filter(line -> line.startsWith("genesis  "))
        .map(line -> line.substring("genesis  ".length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(init.out() + init.err()));
  }

  static List<String> codes(Invocation verified, String list) {
    return Invocation.objects(verified.document(), list).stream()
        .map(finding -> Invocation.text(finding, "code"))
        .toList();
  }

  @Override
  public void close() {
    repository.close();
  }
}
