package dev.mneme.tensor.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFilesTest {
  @TempDir Path directory;
  private PointerScope scope;

  @BeforeEach
  void open() {
    Engine.start();
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private void shard(String file, String name, float value) throws IOException {
    Safetensors.write(
        directory.resolve(file),
        Map.of(name, Tensors.fromFloats(new float[] {value}, 1)),
        Map.of("shard", file));
  }

  private Path index(String json) throws IOException {
    return Files.writeString(
        directory.resolve("model.safetensors.index.json"), json.replace('\'', '"'));
  }

  @Test
  void shardsReadAsOne() throws IOException {
    shard("model-00001-of-00002.safetensors", "b", 1);
    shard("model-00002-of-00002.safetensors", "a", 2);
    index(
        "{'metadata':{'total_size':8,'more':{'x':[1]}},'weight_map':{'b':'model-00001-of-00002.safetensors',"
            + "'a':'model-00002-of-00002.safetensors'}}");
    TensorSource source = ModelFiles.open(directory);
    assertEquals(List.of("b", "a"), source.names());
    assertTrue(source.contains("a"));
    assertFalse(source.contains("c"));
    assertArrayEquals(new float[] {1}, Tensors.toFloats(source.tensor("b")));
    assertArrayEquals(new float[] {2}, Tensors.toFloats(source.tensor("a")));
    assertEquals(List.of(1L), source.info("a").shape());
    assertEquals(Map.of("shard", "model-00001-of-00002.safetensors"), source.metadata());
    SafetensorsException missing =
        assertThrows(SafetensorsException.class, () -> source.tensor("c"));
    assertTrue(
        missing.getMessage().contains("tensor 'c': expected a tensor of this name"),
        missing.getMessage());
    source.close();
    assertThrows(IllegalStateException.class, () -> source.tensor("a"));
    try (TensorSource byIndex =
        ModelFiles.open(directory.resolve("model.safetensors.index.json"))) {
      assertEquals(source.names(), byIndex.names());
    }
  }

  @Test
  void oneFileIsPreferred() throws IOException {
    shard("model.safetensors", "only", 3);
    index("not read");
    try (TensorSource source = ModelFiles.open(directory)) {
      assertEquals(List.of("only"), source.names());
      assertTrue(source.contains("only"));
      SafetensorsException missing =
          assertThrows(SafetensorsException.class, () -> source.info("other"));
      assertEquals("other", missing.tensor().orElseThrow());
    }
  }

  @Test
  void anEmptyDirectoryIsNamed() {
    SafetensorsException failure =
        assertThrows(SafetensorsException.class, () -> ModelFiles.open(directory));
    assertTrue(
        failure.getMessage().contains("model.safetensors or model.safetensors.index.json"),
        failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'weight_map':{'a':'../outside.safetensors'}}| a plain file name that ends in .safetensors, found '../outside",
        "{'weight_map':{'a':'/etc/passwd'}}| a plain file name",
        "{'weight_map':{'a':'c:\\\\x.safetensors'}}| a plain file name",
        "{'weight_map':{'a':'x\\u0000.safetensors'}}| a plain file name",
        "{'weight_map':{'a':'sub/x.safetensors'}}| a plain file name",
        "{'weight_map':{'a':'none.safetensors'}}| none.safetensors: expected a readable file",
        "{'weight_map':{'x':'one.safetensors'}}| tensor 'x': expected a tensor of this name",
        "{'weight_map':{'a':7}}| tensor 'a': expected a file name",
        "{'weight_map':{'a':'one.safetensors','a':'one.safetensors'}}| each name once",
        "{'weight_map':{},'weight_map':{}}| weight_map once",
        "{'weight_map':[]}| an object as weight_map",
        "{'metadata':{}}| an object weight_map",
        "{'weight_map':{}} 1| nothing after",
        "{'weight_map':{}| valid JSON",
        "[]| a JSON object",
      })
  void eachLieOfAnIndexIsNamed(String json, String message) throws IOException {
    shard("one.safetensors", "a", 1);
    index(json);
    SafetensorsException failure =
        assertThrows(SafetensorsException.class, () -> ModelFiles.open(directory));
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @Test
  void anIndexWithoutTensorsIsEmpty() throws IOException {
    index("{'weight_map':{}}");
    try (TensorSource source = ModelFiles.open(directory)) {
      assertEquals(List.of(), source.names());
      assertEquals(Map.of(), source.metadata());
    }
  }

  @Test
  void aMissingIndexIsAnError() {
    assertThrows(
        SafetensorsException.class, () -> ModelFiles.open(directory.resolve("x.index.json")));
  }
}
