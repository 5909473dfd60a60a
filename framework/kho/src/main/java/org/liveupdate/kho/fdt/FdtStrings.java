package org.liveupdate.kho.fdt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Property values that hold strings: UTF-8, each with a NUL behind it. */
final class FdtStrings {

    private FdtStrings() {}

    static byte[] encode(List<String> strings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String string : strings) {
            if (string.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a string in a device tree cannot contain a NUL");
            }
            bytes.writeBytes(string.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    /** The strings, or nothing if the last one is not terminated or one is not UTF-8. */
    static Optional<List<String>> decode(byte[] value) {
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length; i++) {
            if (value[i] == 0) {
                try {
                    strings.add(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value, start, i - start))
                            .toString());
                } catch (CharacterCodingException e) {
                    return Optional.empty();
                }
                start = i + 1;
            }
        }
        return start == value.length ? Optional.of(strings) : Optional.empty();
    }
}
