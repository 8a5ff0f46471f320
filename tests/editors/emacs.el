;;; Emacs without a window, with the lines of docs/editors.md, against the real server. Run by emacs.sh, which sets
;;; SNIPPET (these lines), CLIENT (eglot or lsp-mode) and CORPORA (two corpora, a and b, that share a registry beside them).

(require 'cl-lib)
(require 'subr-x)
;; Loaded before its questions are answered below.
(load "userlock" nil t)
(package-initialize)

(defconst my-client (intern (getenv "CLIENT")))
(defconst my-corpora (file-name-as-directory (getenv "CORPORA")))
(defvar my-failures 0)

(if (eq my-client 'eglot)
    (progn (require 'eglot) (setq eglot-sync-connect 30 eglot-connect-timeout 60 eglot-autoshutdown nil))
  (require 'lsp-mode)
  (setq lsp-enable-suggest-server-download nil lsp-restart 'ignore lsp-response-timeout 30 lsp-enable-file-watchers nil
        lsp-before-save-edits nil lsp-warn-no-matched-clients nil))
(load (getenv "SNIPPET") nil t)

(defun my-wait (what condition)
  "Wait until CONDITION returns something; fail over WHAT where it does not."
  (let ((end (+ (float-time) 60)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.1)
      ;; Without a window nobody is idle: what waits for that is done here.
      (when (bound-and-true-p flymake-mode) (flymake-start)))
    (or found (error "waited in vain for %s" what))))

(defun my-get (object key)
  "The value of KEY in OBJECT, which is a plist or a hash table."
  (if (hash-table-p object) (gethash key object) (plist-get object (intern (concat ":" key)))))

(defun my-managed-p ()
  (if (eq my-client 'eglot) (bound-and-true-p eglot--managed-mode) (bound-and-true-p lsp-mode)))

(defun my-ask (method params)
  (if (eq my-client 'eglot)
      (jsonrpc-request (eglot-current-server) (intern (concat ":" method)) params)
    (lsp-request method params)))

(defun my-place ()
  (if (eq my-client 'eglot) (eglot--TextDocumentPositionParams) (lsp--text-document-position-params)))

(defun my-actions ()
  "The code actions for the region or the cursor."
  (append (my-ask "textDocument/codeAction"
                  (if (eq my-client 'eglot)
                      (let ((from (if (use-region-p) (region-beginning) (point))) (to (if (use-region-p) (region-end) (point))))
                        (list :textDocument (eglot--TextDocumentIdentifier)
                              :range (list :start (eglot--pos-to-lsp-position from) :end (eglot--pos-to-lsp-position to))
                              :context '(:diagnostics [])))
                    (lsp--text-document-code-action-params)))
          nil))

(defun my-perform (action)
  "Carry ACTION out as the client does."
  (if (eq my-client 'lsp-mode)
      (lsp-execute-code-action action)
    (let* ((resolved (if (my-get action "edit") action (my-ask "codeAction/resolve" action)))
           (edit (my-get resolved "edit")))
      ;; Who asks: Emacs 30 says it, older ones take it for a wish to be asked.
      (eglot--apply-workspace-edit edit 'test))))

(defun my-findings ()
  "The messages of the findings in the buffer, as the client has them."
  (if (eq my-client 'eglot)
      (mapcar #'flymake-diagnostic-text (flymake-diagnostics))
    (mapcar (lambda (finding) (my-get finding "message")) (gethash (buffer-file-name) (lsp-diagnostics t)))))

(defun my-open (file)
  "Open FILE, and wait until it has the server."
  (find-file (concat my-corpora file))
  ;; Eglot connects after the command that has opened the file; here nobody gives commands.
  (run-hooks 'post-command-hook)
  (my-wait "the server" #'my-managed-p))

(defun my-into (words)
  (goto-char (point-min))
  (search-forward words)
  (goto-char (1+ (match-beginning 0))))

(defun my-file (file)
  (with-temp-buffer
    (let ((whole (concat my-corpora file)))
      (when (file-exists-p whole) (insert-file-contents whole)))
    (buffer-string)))

;; Nobody is there to be asked: both clients ask before they edit a file that is not open, and lsp-mode makes a new file
;; behind the back of its buffer.
(defalias 'yes-or-no-p #'always)
(defalias 'y-or-n-p #'always)
(defalias 'ask-user-about-supersession-threat #'ignore)

(defmacro my-check (name &rest body)
  (declare (indent 1))
  `(condition-case problem
       (progn ,@body (princ (format "  %s\n" ,name)))
     (error (setq my-failures (1+ my-failures)) (princ (format "FAILED %s: %s\n" ,name (error-message-string problem))))))

(my-check "findings are shown"
  (my-open "a/visit.txt")
  (my-wait "a finding" (lambda () (cl-some (lambda (text) (string-match-p "31 April" text)) (my-findings)))))

(my-check "a name in another script has a hover"
  (my-into "เจิ่น วัน บิ่ญ")
  (my-wait "a hover" (lambda () (string-match-p "Trần Văn Bình" (format "%S" (my-get (my-ask "textDocument/hover" (my-place)) "contents"))))))

(my-check "its definition is in the shared registry"
  (let ((target (format "%S" (my-ask "textDocument/definition" (my-place)))))
    (unless (string-match-p "shared/people\\.toml" target) (error "it is %s" target))))

(my-check "references are those of both corpora"
  (let* ((params (my-place))
         (params (if (eq my-client 'eglot) (append params '(:context (:includeDeclaration :json-false)))
                   (append params (list :context (list :includeDeclaration :json-false)))))
         (found (format "%S" (my-ask "textDocument/references" params))))
    (unless (and (string-match-p "/a/visit\\.txt" found) (string-match-p "/b/letter\\.txt" found)) (error "they are %s" found))))

(my-check "a fix changes the text"
  (my-into "9/2021/ND-CP")
  (let ((fix (cl-find-if (lambda (action) (string-match-p "9/2021/NĐ-CP" (my-get action "title"))) (my-actions))))
    (unless fix (error "there is no fix among %S" (mapcar (lambda (action) (my-get action "title")) (my-actions))))
    (my-perform fix)
    (my-wait "the text" (lambda () (save-excursion (goto-char (point-min)) (search-forward "9/2021/NĐ-CP" nil t))))
    (save-buffer)))

(my-check "a name is annotated by an action"
  (my-into "เจิ่น วัน บิ่ญ")
  (let ((action (cl-find-if (lambda (action) (string-match-p "Person" (my-get action "title"))) (my-actions))))
    (unless action (error "there is none among %S" (mapcar (lambda (action) (my-get action "title")) (my-actions))))
    (my-perform action)
    (save-some-buffers t)
    (my-wait "the annotation" (lambda () (string-match-p "Person [0-9]+ [0-9]+\tเจิ่น วัน บิ่ญ" (my-file "a/visit.ann"))))))

(my-check "an annotation file has findings"
  (my-open "b/letter.ann")
  (my-wait "a finding" (lambda () (my-findings))))

(my-check "the shared registry has the server"
  (my-open "shared/people.toml")
  (my-into "Trần Văn Bình")
  (my-wait "a hover" (lambda () (my-get (my-ask "textDocument/hover" (my-place)) "contents"))))

(princ (format "%d failed\n" my-failures))
(kill-emacs (if (zerop my-failures) 0 1))
