package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ledger files of one commit. */
record LedgerFiles(List<Container> containers) {
  LedgerFiles {
    containers = List.copyOf(containers);
  }

  Optional<Container> at(String path) {
    return containers.stream().filter(container -> container.path().equals(path)).findFirst();
  }

  boolean isEmpty() {
    return containers.stream().allMatch(container -> container.bytes().size() == 0);
  }

  int lineCount(String path) {
    return at(path).map(file -> LedgerLines.linesOf(file.bytes()).size()).orElse(0);
  }

  /** These with lines, given without LF, at the end of one of them. */
  LedgerFiles with(String path, List<Bytes> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    at(path).ifPresent(old -> bytes.writeBytes(old.bytes().toArray()));
    for (Bytes line : lines) {
      bytes.writeBytes(line.toArray());
      bytes.write('\n');
    }
    Container fresh = new Container(path, Bytes.of(bytes.toByteArray()));
    return new LedgerFiles(
        Stream.concat(
                containers.stream().filter(container -> !container.path().equals(path)),
                Stream.of(fresh))
            .toList());
  }
}
