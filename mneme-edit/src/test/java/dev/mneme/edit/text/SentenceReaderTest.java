package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.edit.text.Understanding.Tasks;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.NativeMemory;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The encoders as bases: as they are, and adapted. */
class SentenceReaderTest {
  private static final TextEncoder ENCODER = new RoutedTextEncoder();
  private static final Map<Encoder, List<String>> SENTENCES =
      Map.of(
          Encoder.MINILM,
          List.of("warmer", "It came out too dark, brighten it please", "add a dog"),
          Encoder.BGE_ZH,
          List.of("亮", "照片太暗了，请帮我调亮一些", "加一只狗"));

  @TempDir Path folder;

  @AfterAll
  static void close() {
    ENCODER.close();
  }

  private static List<TextStates> states(Encoder encoder) {
    return SENTENCES.get(encoder).stream().map(ENCODER::encode).toList();
  }

  /** B at random: what a LoRA is before it learns changes nothing. */
  private static Adapters random(Encoder encoder, long seed) {
    StaticMemory memory = StaticMemory.fresh(SentenceBase.layoutOf(encoder.listener()), 2, seed);
    Random random = new Random(seed);
    memory
        .parameters()
        .forEach(
            (name, weight) -> {
              float[] values = new float[(int) weight.numel()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.03 * random.nextGaussian());
              }
              Tensor drawn = Tensors.fromFloats(values, weight.shape());
              weight.detach().copy_(drawn.to(ScalarType.Half)); // as a file has it
            });
    return memory.recall(null);
  }

  private static double cosine(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** A text's mean state by ONNX Runtime, from the file itself. */
  private static float[] mean(Bert bert, String text) throws IOException, OrtException {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (InputStream file = EncoderFiles.model(bert);
        OrtSession session = runtime.createSession(file.readAllBytes());
        HuggingFaceTokenizer tokenizer = EncoderFiles.tokenizer(bert, false)) {
      Encoding tokens = tokenizer.encode(text);
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", row(runtime, tokens.getIds()));
      inputs.put("attention_mask", row(runtime, tokens.getAttentionMask()));
      inputs.put("token_type_ids", row(runtime, tokens.getTypeIds()));
      try (OrtSession.Result result = session.run(inputs)) {
        float[] sum = new float[bert.width()];
        for (float[] state : ((float[][][]) result.get(0).getValue())[0]) {
          for (int i = 0; i < sum.length; i++) {
            sum[i] += state[i];
          }
        }
        return SentenceFeatures.unit(sum);
      } finally {
        inputs.values().forEach(OnnxTensor::close);
      }
    }
  }

  private static OnnxTensor row(OrtEnvironment runtime, long[] values) throws OrtException {
    return OnnxTensor.createTensor(runtime, new long[][] {values});
  }

  /** ONNX Runtime rounds activations to 8 bits, an angle of 6 to 9 degrees. */
  @ParameterizedTest
  @EnumSource
  void aBaseIsNearItsFile(Bert bert) throws Exception {
    SentenceBase base = SentenceBase.load(bert);
    List<String> texts = SENTENCES.get(bert == Bert.BGE_ZH ? Encoder.BGE_ZH : Encoder.MINILM);
    float[][] found = new float[1][];
    Scopes.run(() -> found[0] = Tensors.toFloats(base.directions(texts, Adapters.none())));
    for (int i = 0; i < texts.size(); i++) {
      int from = i * bert.width();
      float[] one = Arrays.copyOfRange(found[0], from, from + bert.width());
      double near = cosine(mean(bert, texts.get(i)), one);
      assertTrue(near > 0.97, bert + ", " + texts.get(i) + ": " + near);
    }
  }

  /** Before it has learned, an adapter changes nothing. */
  @ParameterizedTest
  @EnumSource
  void aDirectionHasTheEncodersOwnAndBesideItWhatItsListenerSays(Encoder encoder) {
    Bert listener = encoder.listener();
    Adapters fresh = StaticMemory.fresh(SentenceBase.layoutOf(listener), 2, 1).recall(null);
    List<TextStates> sentences = states(encoder);
    List<float[]> own = SentenceReader.frozen().read(sentences);
    List<float[]> found = SentenceReader.of(encoder, fresh).read(sentences);
    boolean apart = listener != encoder.bert();
    for (int i = 0; i < sentences.size(); i++) {
      float[] all = found.get(i);
      assertEquals(1, cosine(all, all), 1e-5);
      assertEquals(Math.sqrt(apart ? 0.4 : 0.7), cosine(own.get(i), all), 1e-5); // its first part
      int from = all.length - listener.width();
      float[] taught = Arrays.copyOfRange(all, from, all.length);
      assertEquals(0.3, cosine(taught, taught), 1e-5);
      if (apart) {
        assertArrayEquals(Arrays.copyOfRange(all, encoder.width(), from), taught, 1e-6f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReadWithOthersIsReadAsAlone(Encoder encoder) {
    SentenceReader reader = SentenceReader.of(encoder, random(encoder, 3));
    List<TextStates> sentences = states(encoder);
    List<float[]> together = reader.read(sentences);
    for (int i = 0; i < sentences.size(); i++) {
      assertArrayEquals(reader.read(sentences.get(i)), together.get(i), 1e-4f);
    }
    float[] other = SentenceReader.of(encoder, random(encoder, 4)).read(sentences.get(0));
    double kept = cosine(other, together.get(0));
    assertTrue(kept < 0.99, "the adapter changed little: " + kept);
  }

  @Test
  void anAdapterOfTheOtherEncoderIsRefused() {
    Adapters english = random(Encoder.MINILM, 1);
    assertThrows(AdapterMismatchException.class, () -> SentenceReader.of(Encoder.BGE_ZH, english));
  }

  @Test
  void anUnderstandingKeepsItsReaders() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      examples.add(example("make it warmer " + i, "warm"));
      examples.add(example("add a dog " + i, null));
      examples.add(example("暖一点" + i, "warm"));
      examples.add(example("加一只狗" + i, null));
    }
    Map<Encoder, SentenceReader> readers =
        Map.of(Encoder.MINILM, SentenceReader.of(Encoder.MINILM, random(Encoder.MINILM, 5)));
    Tasks tasks = new Tasks(List.of("warm"), Set.of(), Set.of());
    Understanding fitted = Understanding.fit(examples, tasks, readers);
    fitted.save(folder);
    Understanding loaded = Understanding.load(folder);
    Understanding other = Understanding.fit(examples, tasks);
    for (String sentence : List.of("a little warmth", "a cat", "温暖", "一只猫")) {
      TextStates states = ENCODER.encode(sentence);
      double expected = fitted.score(states, "warm");
      assertEquals(expected, loaded.score(states, "warm"), 0.02, sentence);
      assertEquals(
          states.encoder() == Encoder.BGE_ZH, other.score(states, "warm") == expected, sentence);
    }
    PeftAdapter.write(folder.resolve("bge_en"), random(Encoder.BGE_ZH, 1));
    IOException e = assertThrows(IOException.class, () -> Understanding.load(folder));
    assertTrue(e.getMessage().contains("an adapter of BGE_EN"), e.getMessage());
  }

  private static Example example(String sentence, String task) {
    return new Example(ENCODER.encode(sentence), task == null ? Set.of() : Set.of(task));
  }

  @Test
  void readingLeavesNothingBehind() {
    SentenceReader reader = SentenceReader.of(Encoder.MINILM, random(Encoder.MINILM, 2));
    List<TextStates> sentences = states(Encoder.MINILM);
    float[] first = reader.read(sentences).get(1);
    for (int i = 0; i < 20; i++) {
      reader.read(sentences);
    }
    long before = NativeMemory.residentBytes();
    for (int i = 0; i < 60; i++) { // some megabytes of activations each
      assertArrayEquals(first, reader.read(sentences).get(1));
    }
    long grown = NativeMemory.residentBytes() - before;
    assertTrue(grown < 64 << 20, "grown by " + grown);
  }
}
