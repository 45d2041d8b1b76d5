package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The golden ledgers, which were made by another implementation. */
final class Golden {
  static final String GENESIS = "5ac59951940351fc67b2741063607f8748f30033b7b191c01b739f192e1e8888";

  private static final Path FOLDER = Path.of("src", "test", "resources", "optr-golden");

  private Golden() {}

  static Bytes file(String name) {
    try {
      return Bytes.of(Files.readAllBytes(FOLDER.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonObject json(String name) {
    try {
      return JsonReader.readObject(file(name).toArray());
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Container> ledger(String name) {
    return List.of(new Container(Container.MAIN, file(name)));
  }

  static VerifyOptions pinned() {
    return VerifyOptions.standard().withPinnedGenesis(GENESIS);
  }
}
