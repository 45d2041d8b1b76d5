package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One ledger file. The ledger is the union of the entries in all of them.
 *
 * @param path from the repository's root
 */
public record Container(String path, Content content) {
  /** The file that all lines end up in. */
  public static final String MAIN = "datalake/ledger.jsonl";

  private static final Pattern SHARD =
      Pattern.compile("datalake/ledger\\.d/pr-([1-9]\\d{0,8})\\.jsonl");

  public Container(String path, Bytes bytes) {
    this(path, new Content.InMemory(bytes));
  }

  /** All of it; only for what fits in memory. */
  public Bytes bytes() {
    return content.bytes();
  }

  /** The file that the lines of one pull request are put in. */
  public static String shard(long number) {
    return "datalake/ledger.d/pr-" + number + ".jsonl";
  }

  /** True for the paths that hold ledger lines; archived ledgers are none. */
  public static boolean isLedger(String path) {
    return path.equals(MAIN) || SHARD.matcher(path).matches();
  }

  /** Number of the pull request that a shard belongs to, or null. */
  static @Nullable Integer pullRequest(String path) {
    Matcher shard = SHARD.matcher(path);
    return shard.matches() ? Integer.valueOf(shard.group(1)) : null;
  }

  /** The main file first, then shards by name. */
  static List<Container> inOrder(List<Container> containers) {
    return containers.stream()
        .sorted(
            Comparator.comparing((Container container) -> !container.path().equals(MAIN))
                .thenComparing(Container::path))
        .toList();
  }
}
