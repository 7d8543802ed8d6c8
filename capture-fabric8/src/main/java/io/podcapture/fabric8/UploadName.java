package io.podcapture.fabric8;

/** What the files are called that are brought into containers for a moment. */
final class UploadName {
    private UploadName() {}

    /** Returns a name that nobody has. */
    static String of(String sessionId) {
        return ".podcapture-" + sessionId + "-" + RandomHex.of(8);
    }
}
