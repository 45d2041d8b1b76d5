package dev.optr.testing;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations that are known, from target/vendor-schemas/operations.json. */
final class VendorOperations {
  private static @Nullable VendorOperations shared;

  private final List<VendorOperation> operations;

  private VendorOperations(List<VendorOperation> operations) {
    this.operations = operations;
  }

  static synchronized VendorOperations shared() {
    VendorOperations read = shared == null ? read() : shared;
    shared = read;
    return read;
  }

  /** What is wrong with a request whose path is that of one operation behind one of the bases. */
  List<String> check(LoggedRequest request, List<String> bases) {
    String method = request.getMethod().value();
    return (bases.isEmpty() ? List.of("") : bases)
        .stream()
            .flatMap(base -> find(method, request.getUrl(), base).stream())
            .findFirst()
            .map(operation -> operation.check(request))
            .orElse(List.of(method + " " + request.getUrl() + ": no vendor's operation"));
  }

  /** What is wrong with an answer to the operation of this name. */
  List<String> checkAnswer(String name, int status, String body) {
    VendorOperation operation =
        operations.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no operation '" + name + "'"));
    String exact = operation.answers().get(String.valueOf(status));
    @Nullable String schema =
        exact == null && status >= 400 ? operation.answers().get("error") : exact;
    if (schema == null) {
      return body.isEmpty() ? List.of() : List.of(name + ": no answer " + status + " is described");
    }
    return VendorSchemas.check(schema, body);
  }

  private Optional<VendorOperation> find(String method, String url, String base) {
    String path = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
    return path.startsWith(base)
        ? operations.stream()
            .filter(operation -> operation.takes(method, path.substring(base.length())))
            .min(Comparator.comparingInt(VendorOperation::variables))
        : Optional.empty();
  }

  private static VendorOperations read() {
    Path file = VendorSchemas.DIRECTORY.resolve("operations.json");
    try {
      if (JsonReader.read(Files.readAllBytes(file)) instanceof Json.Array(List<Json> described)) {
        return new VendorOperations(
            described.stream().map(JsonObject.class::cast).map(VendorOperation::of).toList());
      }
      throw new AssertionError(file + " holds no list");
    } catch (IOException | JsonException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
