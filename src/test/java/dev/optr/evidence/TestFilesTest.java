package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestFilesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/test/java/shop/Cart.java",
        "src/test/resources/cart.json",
        "src/integrationTest/kotlin/Cart.kt",
        "src/jvmTest/kotlin/Cart.kt",
        "app/CartTest.java",
        "app/CartTests.java",
        "app/TestCart.java",
        "app/CartIT.java",
        "app/ITCart.java",
        "app/CartSpec.kt",
        "core/CartSuite.scala",
        "web/cart.test.ts",
        "web/cart.spec.tsx",
        "web/cart.e2e-spec.ts",
        "web/__tests__/cart.js",
        "web/__snapshots__/cart.js.snap",
        "cypress/e2e/cart.cy.js",
        "test_cart.py",
        "shop/cart_test.py",
        "conftest.py",
        "tests/data/cart.csv",
        "cart_test.go",
        "testdata/golden.txt",
        "tests/cart.rs",
        "Shop.Tests/Cart.cs",
        "Shop.UnitTests/Cart.cs",
        "src/CartTests.cs",
        "spec/models/cart_spec.rb",
        "spec/factories/cart.rb",
        "test/cart_test.rb",
        "tests/CartTest.php",
        "ShopUITests/Cart.swift",
        "Test/Cart.php",
      })
  void isATest(String path) {
    assertThat(TestFiles.isTest(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/java/shop/Cart.java",
        "src/main/java/shop/Testament.java",
        "src/main/java/shop/ITEM.java",
        "src/main/java/shop/Item.java",
        "src/main/java/shop/Latest.java",
        "src/main/java/shop/latest/Cart.java",
        "contest/cart.py",
        "attest.go",
        "spec/openapi.yaml",
        "cart.go",
        "testcart.py",
        "Test.md",
        "README",
        ".test",
        "",
        "/",
        "web/cart.tests.css",
      })
  void isNone(String path) {
    assertThat(TestFiles.isTest(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/", "\u202etest.py", "test\u0000/x"})
  void answersForHostilePaths(String path) {
    assertThat(TestFiles.isTest(path)).isFalse();
  }

  @Test
  void aVeryLongPathIsRead() {
    assertThat(TestFiles.isTest("a/".repeat(100_000) + "cart_test.go")).isTrue();
  }
}
