package dev.mneme.tensor.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Several files with an index that says which tensor lies in which; the index decides what is
 * visible.
 */
final class ShardedSafetensors implements TensorSource {
  private static final int MAX_SHARDS = 10_000;

  private final Path index;
  private final Map<String, SafetensorsFile> shardOf;
  private final List<String> names;

  private ShardedSafetensors(Path index, Map<String, SafetensorsFile> shardOf) {
    this.index = index;
    this.shardOf = shardOf;
    this.names = List.copyOf(shardOf.keySet());
  }

  static ShardedSafetensors open(Path index) throws IOException {
    Map<String, String> weights = weightMap(index);
    Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    Map<String, SafetensorsFile> shardOf = new LinkedHashMap<>();
    for (Map.Entry<String, String> weight : weights.entrySet()) {
      SafetensorsFile shard = shards.get(weight.getValue());
      if (shard == null) {
        if (shards.size() == MAX_SHARDS) {
          throw new SafetensorsException(index, null, "at most " + MAX_SHARDS + " shards", "more");
        }
        shard = SafetensorsFile.open(sibling(index, weight.getKey(), weight.getValue()));
        shards.put(weight.getValue(), shard);
      }
      shard.info(weight.getKey()); // fails here and now if the index promises what the shard lacks
      shardOf.put(weight.getKey(), shard);
    }
    return new ShardedSafetensors(index, Collections.unmodifiableMap(shardOf));
  }

  /**
   * A shard lies beside its index; a name that leads elsewhere is an attack or a mistake. Links are
   * the user's own doing.
   */
  private static Path sibling(Path index, String tensor, String shard) throws SafetensorsException {
    boolean plain =
        shard.endsWith(".safetensors")
            && shard.chars().noneMatch(c -> c < ' ' || "/\\:".indexOf(c) >= 0);
    if (!plain) {
      throw new SafetensorsException(
          index, tensor, "a plain file name that ends in .safetensors", "'" + shard + "'");
    }
    return index.resolveSibling(shard);
  }

  private static Map<String, String> weightMap(Path index) throws IOException {
    try (InputStream in = Files.newInputStream(index)) {
      byte[] bytes = in.readNBytes(Header.MAX_BYTES + 1);
      if (bytes.length > Header.MAX_BYTES) {
        throw new SafetensorsException(
            index, null, "an index of at most " + Header.MAX_BYTES + " bytes", "more");
      }
      try (JsonParser json = Json.parser(bytes)) {
        return weightMap(index, json);
      }
    } catch (SafetensorsException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          index, null, "an index in valid JSON", e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new SafetensorsException(index, null, "a readable index", e.toString(), e);
    }
  }

  private static Map<String, String> weightMap(Path index, JsonParser json) throws IOException {
    Map<String, String> weights = null;
    json.nextToken();
    Json.expect(json, JsonToken.START_OBJECT, index, null, "a JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals("weight_map");
      json.nextToken();
      if (!wanted) {
        json.skipChildren();
      } else if (weights == null) {
        weights = strings(index, json);
      } else {
        throw new SafetensorsException(index, null, "weight_map once", "it twice");
      }
    }
    if (json.nextToken() != null) {
      throw new SafetensorsException(
          index, null, "nothing after the JSON object", Json.found(json));
    }
    if (weights == null) {
      throw new SafetensorsException(
          index, null, "an object weight_map: tensor name to file name", "none");
    }
    return weights;
  }

  private static Map<String, String> strings(Path index, JsonParser json) throws IOException {
    Map<String, String> strings = new LinkedHashMap<>();
    Json.expect(json, JsonToken.START_OBJECT, index, null, "an object as weight_map");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Json.expect(json, JsonToken.VALUE_STRING, index, name, "a file name");
      if (strings.put(name, json.getText()) != null) {
        throw new SafetensorsException(index, name, "each name once", "it twice");
      }
    }
    return strings;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public boolean contains(String name) {
    return shardOf.containsKey(name);
  }

  @Override
  public TensorInfo info(String name) throws IOException {
    return shard(name).info(name);
  }

  @Override
  public Tensor tensor(String name) throws IOException {
    return shard(name).tensor(name);
  }

  private SafetensorsFile shard(String name) throws SafetensorsException {
    SafetensorsFile shard = shardOf.get(name);
    if (shard == null) {
      throw new SafetensorsException(
          index, name, "a tensor of this name", "none among " + names.size());
    }
    return shard;
  }

  @Override
  public Map<String, String> metadata() {
    return names.isEmpty() ? Map.of() : shardOf.get(names.get(0)).metadata();
  }

  @Override
  public void close() {
    shardOf.values().forEach(SafetensorsFile::close);
  }
}
