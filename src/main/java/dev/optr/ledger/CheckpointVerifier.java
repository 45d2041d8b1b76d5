package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what was added to ledger files since a checkpoint of them was made. It says that nothing
 * is wrong, or nothing at all: then {@link LedgerVerifier} has to look at the whole, and whatever
 * is to be said is always said by that one.
 */
public final class CheckpointVerifier {
  /** More than that is sooner verified as a whole, by all processors. */
  private static final long MOST_ADDED = 16L << 20;

  private final LedgerCheckpoint checkpoint;

  public CheckpointVerifier(LedgerCheckpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * The verdict on all of it where there are no findings, and the options ask about an entry since
   * when everything is new; else empty.
   */
  public Optional<Continuation> verify(List<Container> containers, VerifyOptions options) {
    List<Container> inOrder = Container.inOrder(containers);
    // 1. It is asked about the ledger that was verified, and holds these very bytes of it.
    boolean isContinued =
        isAskedBy(options)
            && checkpoint.fits(inOrder)
            && isShort(inOrder)
            && checkpoint.isBeginningOf(inOrder);
    return isContinued ? added(inOrder, options) : Optional.empty();
  }

  private Optional<Continuation> added(List<Container> inOrder, VerifyOptions options) {
    // 2. Every new line: JSON, profile, one spelling, right id.
    Optional<List<Entry>> lines = addedLines(inOrder);
    Optional<Entry> genesis = read(inOrder, checkpoint.genesis(), checkpoint.first());
    if (lines.isEmpty() || genesis.isEmpty()) {
      return Optional.empty();
    }
    // 3. Every new entry is a run's, of this ledger, put upon what is known; it says a new thing.
    AddedEntries added = new AddedEntries(Origin.of(genesis.get()), checkpoint);
    boolean areRight =
        checkpoint.heads().stream().allMatch(head -> addHead(inOrder, head, added))
            && lines.get().stream().allMatch(added::add)
            // 4. Keys and signatures.
            && added.areSigned();
    // 5. What was seen before is still there.
    return areRight && remembers(added, options)
        ? Optional.of(new Continuation(verdict(genesis.get(), added), added.size()))
        : Optional.empty();
  }

  private static boolean addHead(
      List<Container> inOrder, LedgerCheckpoint.Head head, AddedEntries added) {
    Optional<Entry> entry = read(inOrder, head.id(), head.place());
    List<SshPublicKey> keys =
        head.keys().stream().flatMap(key -> SshPublicKey.parse(key).stream()).toList();
    entry.ifPresent(it -> added.head(it, keys));
    return entry.isPresent() && keys.size() == head.keys().size();
  }

  /**
   * A verdict that rests on a checkpoint.
   *
   * @param added how many entries were read
   */
  public record Continuation(Verdict verdict, int added) {}

  private boolean isAskedBy(VerifyOptions options) {
    return options.since() != null
        && options.signatures() == VerifyOptions.Signatures.FULL
        && checkpoint.genesis().equals(options.pinnedGenesis());
  }

  private boolean isShort(List<Container> inOrder) {
    long now = inOrder.stream().mapToLong(container -> container.content().size()).sum();
    long then = checkpoint.prefixes().stream().mapToLong(LedgerCheckpoint.Prefix::size).sum();
    return now - then <= MOST_ADDED;
  }

  /** By height, so parents before children; lines are counted from 1 behind the checkpoint. */
  private Optional<List<Entry>> addedLines(List<Container> inOrder) {
    LineReader reader = new LineReader();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < inOrder.size(); i++) {
      Container container = inOrder.get(i);
      byte[] rest = behind(container.content(), checkpoint.prefixes().get(i).size());
      if (rest.length > 0 && rest[rest.length - 1] != '\n') {
        return Optional.empty();
      }
      int number = 0;
      for (Bytes line : LedgerLines.linesOf(Bytes.of(rest))) {
        switch (reader.read(container.path(), ++number, line.toArray())) {
          case LineReader.Line.Intact(Entry entry) -> entries.add(entry);
          case LineReader.Line.Damaged _ -> {
            return Optional.empty();
          }
        }
      }
    }
    entries.sort(Comparator.comparingLong(entry -> entry.body().common().height()));
    return Optional.of(entries);
  }

  private static byte[] behind(Content content, long from) {
    byte[] rest = new byte[Math.toIntExact(content.size() - from)];
    try (Content.Reading reading = content.open()) {
      reading.read(from, rest, 0, rest.length);
    }
    return rest;
  }

  /** Empty where another line stands there than the checkpoint says. */
  private static Optional<Entry> read(
      List<Container> inOrder, String id, LedgerCheckpoint.Place place) {
    Container container = inOrder.get(place.container());
    byte[] line = new byte[place.length()];
    try (Content.Reading reading = container.content().open()) {
      reading.read(place.offset(), line, 0, line.length);
    }
    return new LineReader().read(container.path(), 0, line)
                instanceof LineReader.Line.Intact(Entry entry)
            && entry.id().equals(id)
        ? Optional.of(entry)
        : Optional.empty();
  }

  private boolean remembers(AddedEntries added, VerifyOptions options) {
    int size = checkpoint.size() + added.size();
    return isKnown(options.since(), added)
        && isKnown(options.expectedHead(), added)
        && size >= options.expectedSize();
  }

  private static boolean isKnown(@Nullable String id, AddedEntries added) {
    return id == null || added.knows(id);
  }

  private Verdict verdict(Entry genesis, AddedEntries added) {
    SortedMap<String, Integer> counts = new TreeMap<>(checkpoint.counts());
    for (EntryType type : EntryType.values()) {
      int count = added.count(type);
      if (count > 0) {
        counts.merge(type.text(), count, Integer::sum);
      }
    }
    List<String> heads = added.heads();
    Findings warnings = new Findings();
    LedgerVerifier.warnOfOpenHeads(heads, warnings);
    return new Verdict(
        Verification.Result.OK,
        Trust.PINNED,
        genesis.id(),
        checkpoint.size() + added.size(),
        heads,
        List.of(),
        warnings.warnings(),
        new Verdict.Intact(genesis.body().common().repo(), counts));
  }
}
