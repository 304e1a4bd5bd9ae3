package dev.mneme.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Fingerprints of adapters. */
final class AdapterDigest {
  private AdapterDigest() {}

  static String of(Adapters adapters) {
    MessageDigest sha = sha256();
    sha.update(number(Double.doubleToLongBits(adapters.scale())));
    adapters
        .factors()
        .forEach(
            (key, factors) -> {
              add(sha, key + ".lora_A", factors.a());
              add(sha, key + ".lora_B", factors.b());
            });
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void add(MessageDigest sha, String name, Tensor tensor) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    sha.update(number(bytes.length));
    sha.update(bytes);
    sha.update(number(tensor.dim()));
    for (long size : tensor.shape()) {
      sha.update(number(size));
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor values = tensor.detach().to(ScalarType.Float).contiguous();
      // libtorch's platforms are all little-endian, so these bytes are the same everywhere.
      sha.update(new BytePointer(values.data_ptr()).capacity(values.nbytes()).asByteBuffer());
    }
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
