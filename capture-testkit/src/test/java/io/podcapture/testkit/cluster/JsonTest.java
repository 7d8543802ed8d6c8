package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final String ARGS = "{\"args\":[\"a\",null,{\"b\":null,\"c\":1}]}";

    @Test
    void write_nullInAnArray_isNullAgain() {
        assertThat(written(Json.readPatch(octets(ARGS)))).isEqualTo(ARGS);
        assertThat(written(Json.read(octets(ARGS)))).isEqualTo("{\"args\":[\"a\",null,{\"c\":1}]}");
        assertThat(written(Json.copy(Json.read(octets(ARGS))))).isEqualTo("{\"args\":[\"a\",null,{\"c\":1}]}");
    }

    @Test
    void texts_ofNull_areEmpty() {
        Map<String, Object> command = Json.readPatch(octets("{\"command\":[\"echo\",null],\"image\":null}"));
        assertThat(Json.texts(command, "command")).containsExactly("echo", "");
        assertThat(Json.text(command, "image")).isEmpty();
    }

    private static byte[] octets(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String written(Map<String, Object> object) {
        return new String(Json.write(object), StandardCharsets.UTF_8);
    }
}
