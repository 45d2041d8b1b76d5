package dev.optr.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VendorSchemasPresenceTest {
  @TempDir private Path directory;

  @Test
  void goesOnWithoutSchemasWhereNobodyDemandsThem() throws IOException {
    assertThat(VendorSchemas.present(directory.resolve("nowhere"), false)).isFalse();
    Files.createFile(directory.resolve("operations.json"));
    assertThat(VendorSchemas.present(directory, false)).isFalse();
    Files.createFile(directory.resolve("inputs.sha256"));
    assertThat(VendorSchemas.present(directory, true)).isTrue();
  }

  @Test
  void failsWithoutSchemasWhereTheyAreDemanded() {
    assertThatThrownBy(() -> VendorSchemas.present(directory, true))
        .isInstanceOf(AssertionError.class)
        .hasMessageEndingWith("is absent: run test-fixtures/schemas/generate");
  }
}
