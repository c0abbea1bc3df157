"""What a document may fetch: the assets it was given. No network, no files, no data addresses."""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse


class LocalAssets(URLFetcher):
    """Serves `asset:name` from a mapping and refuses everything else. Give it to HTML and to CSS alike."""

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, timeout=1)
        self.files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Raises ValueError for any other address; WeasyPrint then goes on without the thing."""
        scheme, _, name = url.partition(":")
        if scheme == "asset" and name in self.files:
            data, media_type = self.files[name]
            return URLFetcherResponse(url, data, {"Content-Type": media_type})
        raise ValueError("documents fetch nothing but their own assets")
