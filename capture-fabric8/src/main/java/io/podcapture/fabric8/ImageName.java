package io.podcapture.fabric8;

/** Names of images, of which a registry may be a part. */
final class ImageName {
    private ImageName() {}

    /** Returns the name of the same image in another registry. */
    static String inRegistry(String image, String registry) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        // As container runtimes tell a registry from the first part of a path.
        boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String path = hasRegistry ? image.substring(slash + 1) : image;
        return (registry.endsWith("/") ? registry : registry + "/") + path;
    }
}
