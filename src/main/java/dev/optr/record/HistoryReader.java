package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.util.List;

/** The ledger heads from {@code history.json}; a table that was learned is not read yet. */
final class HistoryReader {
  private HistoryReader() {}

  static List<String> ledgerHeads(Bytes bytes) throws JsonException {
    JsonObject document = StoredDocuments.object(bytes.toArray());
    List<String> heads = Fields.of(document).texts("heads").stream().sorted().toList();
    Written.check(Recorder.history(heads), document, bytes);
    return heads;
  }
}
